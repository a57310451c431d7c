// A review as text for a terminal.
import type { Course, Review } from '../model/review/review.ts';
import type { Kill } from '../model/snapshot/oom-kill.ts';
import { existing } from '../numbers/existing.ts';
import { clean } from '../text/clean.ts';
import { formatGrowth, formatInterval, formatSize } from '../text/format.ts';
import { counted } from '../text/plural.ts';
import { ASCII, BLOCKS, type SparklineSet, scaleOf, sparkline } from '../text/sparkline.ts';
import { cellWidth, cut } from '../text/width.ts';

/** How a review is printed. */
export interface ReviewStyle {
  readonly ascii: boolean;
  /** Width of the terminal in cells; undefined for no limit. */
  readonly width: number | undefined;
  /** Processes shown. */
  readonly most: number;
}

const TITLES = ['PID', 'NAME', 'PEAK', 'AT', 'LAST', 'Δ/MIN', 'PATTERN', 'TREND', 'USER', 'COMMAND'];
/** The columns whose cells are aligned to the right. */
const RIGHT = new Set([0, 2, 4, 5]);
const TREND = 7;

/** The kernel's names have 15 bytes at most (comm, proc_pid_comm(5)); elsewhere they may be longer. */
const NAME_WIDTH = 15;

/** The whole text, with line feeds. */
export function formatReview(review: Review, { ascii, width, most }: ReviewStyle): string {
  const set = ascii ? ASCII : BLOCKS;
  const shown = review.courses.slice(0, most);
  const hidden = review.courses.length - shown.length;
  const lines = [
    headline(review),
    '',
    ...memoryLines(review, set),
    ...killLines(review.kills),
    '',
    ...(shown.length === 0
      ? ['No process that matches has memory of its own.']
      : table([TITLES, ...shown.map((course) => cellsOf(course, review, set))])),
    ...(hidden > 0 ? [`${counted(hidden, 'smaller process', 'smaller processes')} not shown.`] : []),
  ];
  return lines.map((line) => `${width === undefined ? line : cut(line, width)}\n`).join('');
}

/** Day and time in the local time zone. */
export function formatDayTime(time: number): string {
  const date = new Date(time);
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${day.join('-')} ${formatTime(date)}`;
}

function formatTime(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

function headline({ host, from, to, samples }: Review): string {
  const seconds = Math.round((to - from) / 1000) * 1000;
  const length = seconds === 0 ? '' : `${formatInterval(seconds)}, `;
  return `${clean(host.name)}, ${formatDayTime(from)} to ${formatDayTime(to)} (${length}${counted(samples, 'sample')})`;
}

function memoryLines({ total, lowest, available }: Review, set: SparklineSet): string[] {
  if (total === undefined || lowest === undefined) return ['Memory: unknown'];
  const percent = Math.round((lowest.available / total) * 100);
  const used = available.map((value) => total - value);
  return [
    `Memory: ${formatSize(total)}, lowest available ${formatSize(lowest.available)} (${percent}%) at ${formatDayTime(lowest.at)}`,
    `Used    ${sparkline(used, { low: 0, high: total }, set)}`,
  ];
}

function killLines(kills: readonly Kill[]): string[] {
  if (kills.length === 0) return ['OOM kills: none'];
  return ['', 'OOM kills', ...kills.map(killLine)];
}

function killLine({ time, name = 'unknown', pid, rss, scope, cgroup, by, certainty }: Kill): string {
  const what = `${clean(name)}${pid === undefined ? '' : ` (${pid})`}${rss === undefined ? '' : `, ${formatSize(rss)}`}`;
  const limit = scope === 'cgroup' && cgroup !== undefined ? `, limit of ${clean(cgroup)}` : '';
  return `  ${formatDayTime(time)}  ${what}${limit}, by ${by}${certainty === 'probable' ? ' (probably)' : ''}`;
}

function cellsOf(course: Course, { to }: Review, set: SparklineSet): string[] {
  const { who, peak, last, growth, pattern = '', parts, hasEnded } = course;
  return [
    String(who.pid),
    cut(clean(who.name), NAME_WIDTH),
    formatSize(peak.rss),
    formatTime(new Date(peak.at)),
    hasEnded && last.at < to ? 'ended' : formatSize(last.rss),
    growth === undefined ? '' : formatGrowth(growth),
    pattern,
    sparkline(parts, scaleOf(parts.filter((value) => !Number.isNaN(value))), set),
    clean(who.user ?? ''),
    clean(who.command),
  ];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = TITLES.map((_, column) => Math.max(...rows.map((row) => cellWidth(row[column] ?? ''))));
  return rows.map((row) => row.map((cell, column) => padded(cell, existing(widths[column]), column)).join(' '));
}

function padded(cell: string, width: number, column: number): string {
  if (column === TITLES.length - 1) return cell;
  const space = ' '.repeat(width - cellWidth(cell));
  return RIGHT.has(column) && column !== TREND ? space + cell : cell + space;
}
