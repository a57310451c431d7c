// A review as one static SVG: memory of the machine as an area, the largest processes as lines, OOM kills as marks.
import { axisOf, fractionOn } from '../chart/axis.ts';
import type { Course, Review } from '../model/review/review.ts';
import { clean } from '../text/clean.ts';
import { formatClock, formatSize } from '../text/format.ts';
import { formatDayTime } from './review-text.ts';

/** Size of the picture and the margins at both sides, in user units. */
const WIDTH = 960;
const HEIGHT = 520;
const LEFT = 64;
const RIGHT = 16;

/** The upper and the lower edge of the plot of the machine, and of that of the processes, which has a scale of its own. */
const MACHINE = { upper: 60, lower: 150 } as const;
const PROCESSES = { upper: 190, lower: 392 } as const;

/** Colours of the lines, distinct also for people with red-green blindness (Okabe and Ito, 2008), dark and light. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00'] as const;

const STYLE =
  'text{font:12px system-ui,sans-serif;fill:#222}.title{font-size:15px;font-weight:600}.grid{stroke:#ccc}' +
  '.back{fill:#fff}.used{fill:#8884;stroke:#888}.line{fill:none;stroke-width:2;stroke-linejoin:round}.kill{stroke:#c00;stroke-dasharray:4 3}' +
  '@media (prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}.back{fill:#161616}.kill{stroke:#f66}}';

/** The document, with a line feed. Text alternatives are in `title` and `desc`. */
export function formatReviewSvg(review: Review): string {
  const { total = 1, from, to, host } = review;
  const courses = review.courses.slice(0, COLOURS.length);
  const machine = new Plot(review, MACHINE, total);
  const processes = new Plot(review, PROCESSES, Math.max(1, ...courses.map(({ peak }) => peak.rss)));
  const title = `Memory of ${clean(host.name)}, ${formatDayTime(from)} to ${formatDayTime(to)}`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(title)}</title>`,
    `<desc id="d">${escaped(descriptionOf(review, courses))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="back" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text class="title" x="${LEFT}" y="26">${escaped(title)}</text>`,
    ...machine.grid('used by the machine', [0, 1]),
    ...processes.grid('RSS of the largest processes', [0, 0.25, 0.5, 0.75, 1]),
    machine.area(review.available.map((available) => total - available)),
    ...courses.map((course, index) => processes.line(course, COLOURS[index] ?? '')),
    ...review.kills.flatMap(({ time, name = 'unknown' }) =>
      [machine, processes].map((plot) => plot.mark(time, `OOM kill: ${clean(name)}`)),
    ),
    ...clocks(review),
    ...legend(courses),
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
  readonly #edges: typeof MACHINE | typeof PROCESSES;
  readonly #axis: ReturnType<typeof axisOf>;

  constructor(review: Review, edges: typeof MACHINE | typeof PROCESSES, highest: number) {
    this.#review = review;
    this.#edges = edges;
    this.#axis = axisOf(0, highest);
  }

  /** Its title, and a line at each of these fractions of its height. */
  grid(title: string, fractions: readonly number[]): string[] {
    const lines = fractions.map((fraction) => {
      const size = this.#axis.bottom + (this.#axis.top - this.#axis.bottom) * fraction;
      const y = this.#y(size);
      const line = `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y}" y2="${y}"/>`;
      return `${line}<text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${formatSize(size)}</text>`;
    });
    return [...lines, `<text x="${LEFT}" y="${this.#edges.upper - 10}">${title}</text>`];
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
    return `<line class="kill" x1="${x}" x2="${x}" y1="${this.#edges.upper}" y2="${this.#edges.lower}">${title}</line>`;
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
    const { upper, lower } = this.#edges;
    return rounded(lower - (lower - upper) * fractionOn(this.#axis, size));
  }
}

/** Times along the lower edge. */
function clocks({ from, to }: Review): string[] {
  return [0, 0.25, 0.5, 0.75, 1].map((fraction) => {
    const x = LEFT + (WIDTH - LEFT - RIGHT) * fraction;
    const anchor = fraction === 0 ? 'start' : fraction === 1 ? 'end' : 'middle';
    const clock = formatClock(from + (to - from) * fraction);
    return `<text x="${x}" y="${PROCESSES.lower + 18}" text-anchor="${anchor}">${clock}</text>`;
  });
}

function legend(courses: readonly Course[]): string[] {
  return courses.map(({ who, peak }, index) => {
    const x = LEFT + (index % 2) * ((WIDTH - LEFT - RIGHT) / 2);
    const y = PROCESSES.lower + 46 + Math.floor(index / 2) * 22;
    const sign = `<rect x="${x}" y="${y - 10}" width="14" height="10" fill="${COLOURS[index] ?? ''}"/>`;
    const text = `${clean(who.name)} (${who.pid}), peak ${formatSize(peak.rss)}`;
    return `${sign}<text x="${x + 22}" y="${y}">${escaped(text)}</text>`;
  });
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
