// One chart: lines over time with a cursor, a span that is shown, and marks of events.
import uPlot from 'uplot';
import { axesOf } from './axes.ts';
import { type ChartMark, drawMarks } from './marks.ts';
import type { Moments, Values } from './moments.ts';
import { type ChartPalette, colourOf, dashOf } from './palette.ts';
import type { TimeSpan } from './span.ts';

export interface ChartLine {
  readonly label: string;
  /** What tells it from others with that label. */
  readonly detail?: string;
  /** Bytes, one for each moment. */
  readonly values: Values;
  /** Filled down to zero, in the colour of used memory. */
  readonly isArea?: true;
}

/** What a chart needs; the last two are called when the reader moves the mouse on it or zooms. */
export interface ChartOptions {
  readonly target: HTMLElement;
  readonly height: number;
  readonly moments: Moments;
  readonly lines: readonly ChartLine[];
  readonly marks: readonly ChartMark[];
  /** The upper end of the scale; default: what the lines need. */
  readonly top?: number | undefined;
  readonly palette: () => ChartPalette;
  /** The index of the moment, undefined where the mouse has left. */
  readonly onCursor: (index: number | undefined) => void;
  readonly onSpan: (span: TimeSpan) => void;
}

/** Where the upper end of the scale is, as a multiple of the highest value. */
const HEADROOM = 1.05;

export class Chart {
  readonly #plot: uPlot;
  readonly #options: ChartOptions;
  /** True while the chart does what it was told, so that it does not tell it back. */
  #isFollowing = false;

  constructor(options: ChartOptions) {
    this.#options = options;
    const { moments, lines, target } = options;
    const data = [[...moments.seconds], ...lines.map(({ values }) => [...values])];
    this.#plot = new uPlot(this.#uplotOptions(), data as uPlot.AlignedData, target);
  }

  showSpan({ min, max }: TimeSpan): void {
    const x = this.#plot.scales['x'];
    if (x?.min === min && x.max === max) return;
    this.#follow(() => this.#plot.setScale('x', { min, max }));
  }

  /** Moves the cursor to a moment; undefined hides it. */
  showCursor(index: number | undefined): void {
    const at = index === undefined ? undefined : this.#options.moments.seconds[index];
    const left = at === undefined ? -10 : this.#plot.valToPos(at, 'x');
    this.#follow(() => this.#plot.setCursor({ left, top: at === undefined ? -10 : 0 }));
  }

  /** Dims all lines but one; undefined ends that. */
  emphasize(line: number | undefined): void {
    this.#plot.setSeries(line === undefined ? null : line + 1, { focus: true });
  }

  toggle(line: number, show: boolean): void {
    this.#plot.setSeries(line + 1, { show });
  }

  resize(width: number): void {
    this.#plot.setSize({ width, height: this.#options.height });
  }

  /** Draws again, as when the colours changed. */
  redraw(): void {
    this.#plot.redraw();
  }

  remove(): void {
    this.#plot.destroy();
  }

  #follow(act: () => void): void {
    this.#isFollowing = true;
    this.#plot.batch(act);
    this.#isFollowing = false;
  }

  #uplotOptions(): uPlot.Options {
    const { target, height, lines, marks, palette, onCursor, onSpan, top } = this.#options;
    return {
      width: Math.max(200, target.clientWidth),
      height,
      legend: { show: false },
      focus: { alpha: 0.25 },
      cursor: { y: false, drag: { x: true, y: false }, points: { size: 7 } },
      scales: { x: { time: true }, y: { range: (_plot, _low, high) => [0, top ?? Math.max(1, high ?? 0) * HEADROOM] } },
      axes: axesOf(palette),
      series: [{}, ...lines.map((line, index) => seriesOf(line, index, palette))],
      hooks: {
        setCursor: [(plot) => this.#isFollowing || onCursor(plot.cursor.idx ?? undefined)],
        setScale: [
          ({ scales }, key) => {
            const { min, max } = scales['x'] ?? {};
            if (key === 'x' && !this.#isFollowing && min != null && max != null) onSpan({ min, max });
          },
        ],
        draw: [(plot) => drawMarks(plot, marks, palette(), uPlot.pxRatio)],
      },
    };
  }
}

function seriesOf({ label, isArea }: ChartLine, index: number, palette: () => ChartPalette): uPlot.Series {
  const colour = () => (isArea ? palette().used : colourOf(palette(), index));
  return {
    label,
    stroke: colour,
    width: isArea ? 1.5 : 2,
    dash: dashOf(index),
    ...(isArea && { fill: () => `${palette().used}33` }),
    points: { show: true, size: 5, filter: (plot, at) => lonely(plot.data[at]) },
  };
}

/** The indexes of values without neighbours, which no line shows. */
function lonely(values: uPlot.AlignedData[number] | undefined): number[] {
  const found: number[] = [];
  for (let at = 0; at < (values?.length ?? 0); at += 1) {
    if (values?.[at] != null && values[at - 1] == null && values[at + 1] == null) found.push(at);
  }
  return found;
}
