// A chart with its title and legend, which the keyboard can reach.
import { Chart, type ChartLine, type ChartOptions } from './chart.ts';
import { element } from './dom.ts';
import { Legend } from './legend.ts';
import type { ChartPalette } from './palette.ts';

/** What a panel is about, and what its chart needs besides lines. */
export interface PanelOptions extends Omit<ChartOptions, 'target' | 'lines'> {
  readonly title: string;
}

export class Panel {
  readonly root: HTMLElement;
  readonly #options: PanelOptions;
  readonly #plot: HTMLElement;
  #chart: Chart | undefined;
  #legend: Legend | undefined;

  constructor(options: PanelOptions) {
    this.#options = options;
    const { title, moments } = options;
    // A slider is what screen readers call a thing that arrow keys move, and whose value they read.
    this.#plot = element('div', {
      ...{ class: 'plot', tabindex: '0', role: 'slider', 'aria-label': `${title}, chart. Arrow keys move the cursor.` },
      ...{ 'aria-valuemin': '1', 'aria-valuemax': String(moments.seconds.length) },
    });
    this.root = element('section', { class: 'panel' }, element('h2', {}, title), this.#plot);
  }

  /** Draws these lines in place of those before. The panel must be part of the page. */
  draw(lines: readonly ChartLine[]): void {
    this.#chart?.remove();
    this.#chart = new Chart({ ...this.#options, target: this.#plot, lines });
    const legend = new Legend(`Series of ${this.#options.title}`, this.#chart, lines);
    if (this.#legend === undefined) this.root.append(legend.root);
    else this.#legend.root.replaceWith(legend.root);
    this.#legend = legend;
    legend.colour(this.#options.palette());
  }

  get chart(): Chart | undefined {
    return this.#chart;
  }

  /** Shows the values at a moment, or the peaks. */
  showValues(index: number | undefined): void {
    this.#legend?.showValues(index);
  }

  /** What screen readers say of a moment. */
  describe(index: number, clock: string): void {
    this.#plot.setAttribute('aria-valuenow', String(index + 1));
    this.#plot.setAttribute('aria-valuetext', `${clock}: ${this.#legend?.sentenceAt(index) || 'no value'}`);
  }

  /** What to say of a moment while a button of the legend has the focus. */
  focusedText(index: number): string | undefined {
    return this.#legend?.focusedText(index);
  }

  /** Takes the width of the page, and its colours. */
  refresh(palette: ChartPalette): void {
    this.#legend?.colour(palette);
    this.#chart?.resize(Math.max(200, this.#plot.clientWidth));
    this.#chart?.redraw();
  }
}
