// The instrumented processes as a table for people, or as one JSON document.
import { existing } from '../numbers/existing.ts';
import { escapeUnprintable } from '../text/clean.ts';
import { formatAge, formatPercent, formatSize } from '../text/format.ts';
import { cellWidth, cut } from '../text/width.ts';

export interface AgentEntry {
  readonly pid: number;
  /** These are known once it has introduced itself; the texts are cleaned. */
  readonly runtime?: string;
  readonly version?: string;
  /** What the program calls itself. */
  readonly title?: string;
  /** Its arguments, from the kernel. */
  readonly command?: string;
  readonly stats?: {
    readonly rss: number;
    readonly heapUsed?: number;
    readonly heapTotal?: number;
    readonly heapLimit?: number;
    readonly external?: number;
    readonly workers?: number;
    readonly traced?: number;
    readonly uptime: number;
    readonly sinceCollect?: number;
  };
  /** Since when it does not answer, in milliseconds since the epoch. */
  readonly busySince?: number;
  /** Why it gets no more requests, a sentence. */
  readonly trouble?: string;
}

/** One document: what is not known is left out; times are ISO 8601. */
export function formatAgentsJson(entries: readonly AgentEntry[]): string {
  const agents = entries.map(({ busySince, ...entry }) => ({
    ...entry,
    ...(busySince !== undefined && { busySince: new Date(busySince).toISOString() }),
  }));
  return `${escapeUnprintable(JSON.stringify({ version: 1, agents }))}\n`;
}

const TITLES = ['PID', 'RUNTIME', 'VERSION', 'RSS', 'HEAP', 'EXT', 'LIMIT', 'USED%', 'UP', 'COLLECTED', 'COMMAND'];
const RIGHT = new Set([0, 3, 4, 5, 6, 7, 8, 9]);

/** `now` in milliseconds since the epoch is what the time without an answer is computed from. */
export function formatAgentsTable(entries: readonly AgentEntry[], width?: number, now: number = Date.now()): string {
  const rows = [TITLES, ...entries.map((entry) => cellsOf(entry, now))];
  const widths = TITLES.map((_, column) => Math.max(...rows.map((row) => cellWidth(row[column] ?? ''))));
  const lines = rows.map((row) => row.map((cell, column) => pad(cell, widths, column)).join(' '));
  return lines.map((line) => `${width === undefined ? line : cut(line, width)}\n`).join('');
}

function cellsOf(
  { pid, runtime = '', version = '', title = '', command = '', stats, busySince, trouble }: AgentEntry,
  now: number,
): string[] {
  const size = (bytes: number | undefined) => (bytes === undefined ? '' : formatSize(bytes));
  const used = stats?.heapUsed ?? stats?.traced;
  const limit = stats?.heapLimit;
  const usedPercent = used === undefined || !limit ? '' : formatPercent((used / limit) * 100);
  const called = command === '' ? title : command;
  const text = trouble ?? (busySince === undefined ? called : `busy for ${formatAge(now - busySince)}: ${called}`);
  return [
    ...[String(pid), runtime, version, size(stats?.rss), size(used), size(stats?.external), size(limit), usedPercent],
    ...[stats === undefined ? '' : formatAge(stats.uptime), collectedOf(stats?.sinceCollect), text],
  ];
}

/** Time since the last forced collection; empty where there was none. */
function collectedOf(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : `${formatAge(milliseconds)} ago`;
}

function pad(cell: string, widths: readonly number[], column: number): string {
  if (column === widths.length - 1) return cell;
  const padding = ' '.repeat(existing(widths[column]) - cellWidth(cell));
  return RIGHT.has(column) ? padding + cell : cell + padding;
}
