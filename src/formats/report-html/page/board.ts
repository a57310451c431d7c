// Both charts together: one cursor, one span, the keys and the buttons that move them.
import type { ReportData, ReportedProcess } from '../report-data.ts';
import type { ChartLine } from './chart.ts';
import { button, element } from './dom.ts';
import type { ChartMark } from './marks.ts';
import { type Moments, momentsOf, movedBy, nearestIndex, valuesOf } from './moments.ts';
import { type ChartPalette, paletteOf } from './palette.ts';
import { Panel } from './panel.ts';
import { containing, panned, type TimeSpan, zoomedSpan } from './span.ts';
import { formatLength, formatMoment, formatWithin } from './times.ts';

const ZOOM = 1.5;
/** Moments that an arrow key passes with Shift. */
const LEAP = 10;

export class Board {
  readonly root: HTMLElement;
  readonly #data: ReportData;
  readonly #moments: Moments;
  readonly #panels: readonly [machine: Panel, processes: Panel];
  readonly #whole: TimeSpan;
  readonly #clock = element('output', { class: 'clock' });
  readonly #spoken = element('p', { class: 'unseen', 'aria-live': 'polite' });
  #span: TimeSpan;
  #cursor: number | undefined;
  #palette: ChartPalette;

  constructor(data: ReportData) {
    this.#data = data;
    this.#moments = momentsOf(data);
    const [min, max] = [data.from / 1000, data.to / 1000];
    this.#whole = max > min ? { min, max } : { min: min - 1, max: max + 1 };
    this.#span = this.#whole;
    this.#palette = paletteOf(document.documentElement);
    const shared = {
      ...{ moments: this.#moments, marks: marksOf(data), palette: () => this.#palette },
      onCursor: (index: number | undefined) => this.#moveTo(index),
      onSpan: (span: TimeSpan) => this.show(span),
    };
    this.#panels = [
      new Panel({ ...shared, title: 'Memory of the machine', height: 180, top: data.total }),
      new Panel({ ...shared, title: 'RSS of processes', height: 340 }),
    ];
    const roots = this.#panels.map(({ root }) => root);
    this.root = element('div', { class: 'board' }, this.#tools(), ...roots, this.#spoken);
    this.root.addEventListener('keydown', (event) => this.#press(event));
    this.root.addEventListener('wheel', (event) => this.#turn(event), { passive: false });
  }

  /** Draws the charts. The board must be part of the page. */
  draw(processes: readonly ReportedProcess[]): void {
    const { used, swap } = this.#data;
    const swapped = valuesOf(swap, this.#moments);
    const machine: ChartLine[] = [
      { label: 'used', values: valuesOf(used, this.#moments), isArea: true },
      ...(swapped.some((value) => value) ? [{ label: 'swap used', values: swapped }] : []),
    ];
    this.#panels[0].draw(machine);
    this.choose(processes);
  }

  /** Draws the lines of these processes. */
  choose(processes: readonly ReportedProcess[]): void {
    const lines = processes.map(({ name, pid, command, curve }) => ({
      label: `${name} (${pid})`,
      detail: command,
      values: curve === undefined ? [] : valuesOf(curve, this.#moments),
    }));
    this.#panels[1].draw(lines);
    this.show(this.#span);
    this.#moveTo(this.#cursor);
  }

  /** Shows a part of the time, in seconds since the epoch. */
  show(span: TimeSpan): void {
    this.#span = span;
    for (const { chart } of this.#panels) chart?.showSpan(span);
    this.#tell();
  }

  /** Moves the cursor to a time in milliseconds since the epoch, into view where it was not. */
  goTo(time: number): void {
    this.#goToMoment(movedBy(this.#moments, nearestIndex(this.#moments.seconds, time / 1000), 0));
  }

  /** Takes the width of the page and its colours. */
  refresh(): void {
    this.#palette = paletteOf(document.documentElement);
    for (const panel of this.#panels) panel.refresh(this.#palette);
    this.#moveTo(this.#cursor);
  }

  #tools(): HTMLElement {
    const help =
      'On a chart: arrow keys move the cursor, + and - zoom, 0 shows everything, Tab goes through the series.';
    return element(
      'div',
      { class: 'tools', role: 'group', 'aria-label': 'Time shown' },
      button('Zoom in', {}, () => this.#zoom(1 / ZOOM)),
      button('Zoom out', {}, () => this.#zoom(ZOOM)),
      button('◀', { 'aria-label': 'Earlier' }, () => this.show(panned(this.#span, this.#whole, -0.5))),
      button('▶', { 'aria-label': 'Later' }, () => this.show(panned(this.#span, this.#whole, 0.5))),
      button('Show all', {}, () => this.show(this.#whole)),
      this.#clock,
      element('p', { class: 'help' }, `${help} Drag to zoom, double-click to show everything.`),
    );
  }

  #zoom(factor: number, at = this.#cursorTime()): void {
    this.show(zoomedSpan(this.#span, this.#whole, factor, at));
  }

  /** Where zooming holds: the cursor if it is in view, else the middle. */
  #cursorTime(): number {
    const { min, max } = this.#span;
    const at = this.#cursor === undefined ? undefined : this.#moments.seconds[this.#cursor];
    return at !== undefined && at >= min && at <= max ? at : (min + max) / 2;
  }

  #moveTo(index: number | undefined): void {
    this.#cursor = index;
    for (const { chart } of this.#panels) chart?.showCursor(index);
    const shown = index ?? this.#moments.places.at(-1) ?? 0;
    const clock = formatMoment((this.#moments.seconds[shown] ?? 0) * 1000);
    for (const panel of this.#panels) {
      panel.showValues(index);
      panel.describe(shown, clock);
    }
    this.#tell();
  }

  #goToMoment(index: number): void {
    this.show(containing(this.#span, this.#whole, this.#moments.seconds[index] ?? this.#span.min));
    this.#moveTo(index);
    const spoken = this.#panels.map((panel) => panel.focusedText(index)).find((text) => text !== undefined);
    if (spoken !== undefined) this.#spoken.textContent = `${spoken} at ${this.#clockOf(index)}`;
  }

  #clockOf(index: number): string {
    return formatWithin((this.#moments.seconds[index] ?? 0) * 1000, this.#data);
  }

  #tell(): void {
    const { min, max } = this.#span;
    const shown = `${formatWithin(min * 1000, this.#data)} to ${formatWithin(max * 1000, this.#data)}`;
    const at = this.#cursor === undefined ? '' : `, cursor at ${this.#clockOf(this.#cursor)}`;
    this.#clock.textContent = `${shown} (${formatLength((max - min) * 1000)})${at}`;
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = event.shiftKey ? LEAP : 1;
    const last = this.#moments.places.at(-1) ?? 0;
    const from = this.#cursor ?? last;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#goToMoment(movedBy(this.#moments, from, -steps)),
      ArrowRight: () => this.#goToMoment(movedBy(this.#moments, from, steps)),
      Home: () => this.#goToMoment(this.#moments.places[0] ?? 0),
      End: () => this.#goToMoment(last),
      PageUp: () => this.show(panned(this.#span, this.#whole, -0.5)),
      PageDown: () => this.show(panned(this.#span, this.#whole, 0.5)),
      '+': () => this.#zoom(1 / ZOOM),
      '=': () => this.#zoom(1 / ZOOM),
      '-': () => this.#zoom(ZOOM),
      '0': () => this.show(this.#whole),
      Escape: () => this.show(this.#whole),
    };
    const act = acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  /** A wheel turned with Ctrl, or a pinch on a touchpad. */
  #turn(event: WheelEvent): void {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.#zoom(event.deltaY < 0 ? 1 / ZOOM : ZOOM);
  }
}

function marksOf({ kills, collections }: ReportData): ChartMark[] {
  return [
    ...collections.map(({ time }) => ({ kind: 'collection' as const, at: time / 1000 })),
    ...kills.map(({ time }) => ({ kind: 'kill' as const, at: time / 1000 })),
  ];
}
