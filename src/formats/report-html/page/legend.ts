// The lines of a chart as buttons: each names a line, has its value at the cursor, and hides or shows it.
import { formatSize } from '../../../text/format.ts';
import type { Chart, ChartLine } from './chart.ts';
import { element } from './dom.ts';
import { type ChartPalette, colourOf } from './palette.ts';

export class Legend {
  readonly root: HTMLElement;
  readonly #lines: readonly ChartLine[];
  readonly #values: readonly HTMLElement[];
  readonly #swatches: readonly HTMLElement[];

  constructor(label: string, chart: Chart, lines: readonly ChartLine[]) {
    this.#lines = lines;
    this.#values = lines.map(() => element('span', { class: 'value' }));
    this.#swatches = lines.map(() => element('span', { class: 'swatch', 'aria-hidden': 'true' }));
    const buttons = lines.map((line, index) => this.#buttonOf(line, index, chart));
    this.root = element('div', { class: 'legend', role: 'group', 'aria-label': label }, ...buttons);
  }

  /** Shows the values at a moment; without one, the peaks. */
  showValues(index: number | undefined): void {
    for (const [line, value] of this.#values.entries()) {
      value.textContent = index === undefined ? this.#peakOf(line) : this.#textAt(line, index);
    }
  }

  colour(palette: ChartPalette): void {
    for (const [index, swatch] of this.#swatches.entries()) {
      swatch.style.background = this.#lines[index]?.isArea ? palette.used : colourOf(palette, index);
    }
  }

  /** The value at a moment of the line whose button has the focus; undefined without one. */
  focusedText(index: number): string | undefined {
    const line = [...this.root.children].indexOf(document.activeElement as Element);
    return line === -1 ? undefined : `${this.#lines[line]?.label} ${this.#textAt(line, index)}`;
  }

  /** The values of all lines that are shown, as one sentence. */
  sentenceAt(index: number): string {
    const shown = [...this.root.children].map((child) => child.getAttribute('aria-pressed') === 'true');
    return this.#lines
      .flatMap(({ label, values }, line) =>
        shown[line] && values[index] != null ? [`${label} ${this.#textAt(line, index)}`] : [],
      )
      .join(', ');
  }

  #peakOf(line: number): string {
    const peak = this.#lines[line]?.values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0) ?? 0;
    return `peak ${formatSize(peak)}`;
  }

  #textAt(line: number, index: number): string {
    const value = this.#lines[line]?.values[index];
    return value == null ? '–' : formatSize(value);
  }

  #buttonOf({ label, detail = '' }: ChartLine, index: number, chart: Chart): HTMLButtonElement {
    const content = [
      this.#swatches[index] ?? '',
      element('span', { class: 'label' }, label),
      this.#values[index] ?? '',
    ];
    const made = element('button', { type: 'button', 'aria-pressed': 'true', title: detail }, ...content);
    made.addEventListener('click', () => {
      const isShown = made.getAttribute('aria-pressed') !== 'true';
      made.setAttribute('aria-pressed', String(isShown));
      chart.toggle(index, isShown);
    });
    for (const event of ['focus', 'mouseenter']) made.addEventListener(event, () => chart.emphasize(index));
    for (const event of ['blur', 'mouseleave']) made.addEventListener(event, () => chart.emphasize(undefined));
    return made;
  }
}
