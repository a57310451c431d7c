// A review as one static SVG: used memory of the machine as an area, the largest processes as lines, OOM kills as marks.
import { axisOf, shareOn } from '../chart/axis.ts';
import type { Course, Review } from '../model/review/review.ts';
import { clean } from '../text/clean.ts';
import { formatClock, formatSize } from '../text/format.ts';
import { formatDayTime } from './review-text.ts';

/** Size of the picture, and the margins around the plot, in user units. */
const WIDTH = 960;
const HEIGHT = 440;
const LEFT = 64;
const RIGHT = 16;
const TOP = 44;
const BOTTOM = 128;

/** Colours of the lines, distinct also for people with red-green blindness (Okabe and Ito, 2008), dark and light. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00'] as const;

/** The machine's. */
const OTHER = '#888';

const STYLE =
  'text{font:12px system-ui,sans-serif;fill:#222}.title{font-size:15px;font-weight:600}.grid{stroke:#ccc}' +
  '.back{fill:#fff}.used{fill:#8884;stroke:#888}.line{fill:none;stroke-width:2;stroke-linejoin:round}.kill{stroke:#c00;stroke-dasharray:4 3}' +
  '@media (prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}.back{fill:#161616}.kill{stroke:#f66}}';

/** The document, with a line feed. Text alternatives are in `title` and `desc`. */
export function formatReviewSvg(review: Review): string {
  const { total = 0, from, to, host } = review;
  const courses = review.courses.slice(0, COLOURS.length);
  const highest = Math.max(total, ...courses.map(({ peak }) => peak.rss), 1);
  const plot = new Plot(review, highest);
  const title = `Memory of ${clean(host.name)}, ${formatDayTime(from)} to ${formatDayTime(to)}`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(title)}</title>`,
    `<desc id="d">${escaped(descriptionOf(review, courses))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="back" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text class="title" x="${LEFT}" y="26">${escaped(title)}</text>`,
    ...plot.grid(),
    total > 0 ? plot.area(review.available.map((available) => total - available)) : '',
    ...courses.map((course, index) => plot.line(course, COLOURS[index] ?? OTHER)),
    ...review.kills.map(({ time, name = 'unknown' }) => plot.mark(time, `OOM kill: ${clean(name)}`)),
    ...legend(courses, total > 0),
    '</svg>',
  ];
  return `${parts.filter(Boolean).join('\n')}\n`;
}

function descriptionOf({ lowest, total, kills }: Review, courses: readonly Course[]): string {
  const machine =
    lowest === undefined || total === undefined
      ? 'Memory of the machine is unknown.'
      : `Lowest available memory: ${formatSize(lowest.available)} of ${formatSize(total)} at ${formatDayTime(lowest.at)}.`;
  const largest = courses.map(({ who, peak }) => `${clean(who.name)} (${who.pid}) ${formatSize(peak.rss)}`).join(', ');
  return `${machine} OOM kills: ${kills.length}. Largest processes by peak: ${largest}.`;
}

/** Where times and sizes are in the picture. */
class Plot {
  readonly #review: Review;
  readonly #axis: ReturnType<typeof axisOf>;

  constructor(review: Review, highest: number) {
    this.#review = review;
    this.#axis = axisOf(0, highest);
  }

  grid(): string[] {
    const { from, to } = this.#review;
    const sizes = [0, 0.25, 0.5, 0.75, 1].map((share) => {
      const size = this.#axis.bottom + (this.#axis.top - this.#axis.bottom) * share;
      const y = this.#y(size);
      const line = `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>`;
      return `${line}<text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${formatSize(size)}</text>`;
    });
    const times = [0, 0.25, 0.5, 0.75, 1].map((share) => {
      const x = LEFT + (WIDTH - LEFT - RIGHT) * share;
      const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
      const clock = formatClock(from + (to - from) * share);
      return `<text x="${x}" y="${HEIGHT - BOTTOM + 18}" text-anchor="${anchor}">${clock}</text>`;
    });
    return [...sizes, ...times];
  }

  area(values: Float64Array): string {
    const runs = this.#runs(values).map((points) => {
      const [first, last] = [points[0]?.split(',')[0], points.at(-1)?.split(',')[0]];
      return `M${first},${this.#y(0)}L${points.join('L')}L${last},${this.#y(0)}Z`;
    });
    return `<path class="used" d="${runs.join('')}"/>`;
  }

  line({ parts, who }: Course, colour: string): string {
    const path = this.#runs(parts).map((points) => `M${points.join('L')}`);
    const title = `<title>${escaped(`${clean(who.name)} (${who.pid})`)}</title>`;
    return `<path class="line" stroke="${colour}" d="${path.join('')}">${title}</path>`;
  }

  mark(time: number, text: string): string {
    const { from, to } = this.#review;
    const x = rounded(LEFT + (WIDTH - LEFT - RIGHT) * ((time - from) / Math.max(1, to - from)));
    const title = `<title>${escaped(text)}</title>`;
    return `<line class="kill" x1="${x}" x2="${x}" y1="${TOP}" y2="${HEIGHT - BOTTOM}">${title}</line>`;
  }

  /** Points of each run of known values; a single value is drawn as a short line. */
  #runs(values: Float64Array): string[][] {
    const runs: string[][] = [];
    let isOpen = false;
    for (const [index, value] of values.entries()) {
      if (Number.isNaN(value)) {
        isOpen = false;
        continue;
      }
      if (!isOpen) runs.push([]);
      isOpen = true;
      const step = (WIDTH - LEFT - RIGHT) / values.length;
      const x = rounded(LEFT + step * index);
      runs.at(-1)?.push(`${x},${this.#y(value)}`, `${rounded(x + step)},${this.#y(value)}`);
    }
    return runs;
  }

  #y(size: number): number {
    return rounded(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * shareOn(this.#axis, size));
  }
}

function legend(courses: readonly Course[], hasMachine: boolean): string[] {
  const machine = hasMachine ? [{ colour: OTHER, text: 'used by the machine' }] : [];
  const entries = [
    ...machine,
    ...courses.map(({ who, peak }, index) => {
      const text = `${clean(who.name)} (${who.pid}), peak ${formatSize(peak.rss)}`;
      return { colour: COLOURS[index] ?? OTHER, text };
    }),
  ];
  return entries.map(({ colour, text }, index) => {
    const x = LEFT + (index % 2) * ((WIDTH - LEFT - RIGHT) / 2);
    const y = HEIGHT - BOTTOM + 46 + Math.floor(index / 2) * 22;
    const sign = `<rect x="${x}" y="${y - 10}" width="14" height="10" fill="${colour}"/>`;
    return `${sign}<text x="${x + 22}" y="${y}">${escaped(text)}</text>`;
  });
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
