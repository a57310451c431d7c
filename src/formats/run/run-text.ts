// The result of a run as text for a terminal.
import type { RunResult } from '../../model/run/run.ts';
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import { clean } from '../../text/clean.ts';
import { formatGrowth, formatPause, formatSize } from '../../text/format.ts';
import { counted } from '../../text/plural.ts';
import { ASCII, BLOCKS, scaleOf, sparkline } from '../../text/sparkline.ts';
import { cut } from '../../text/width.ts';
import { wrapped } from '../../text/wrap.ts';

/** How a result is printed. */
export interface RunStyle {
  readonly ascii: boolean;
  /** Cells of a line. */
  readonly width: number;
}

/** Cells of the titles, and of the space before and behind them. */
const TITLE = 8;
const INDENT = 2;
/** Lines of one fact. */
const MOST_LINES = 8;

/** The whole text, with line feeds. */
export function formatRunText(result: RunResult, { ascii, width }: RunStyle): string {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['ended', endText(result)],
    ['OOM', result.oom && oomText(result.oom)],
    ['main', mainText(result)],
    ['tree', treeText(result)],
    ['growth', growthText(result)],
    ['GC', collectionsText(result)],
    ['last GC', lastCollectText(result)],
  ];
  const space = Math.max(20, width - INDENT - TITLE);
  const lines = facts.flatMap(([title, text]) =>
    text === undefined ? [] : titled(title, wrapped(text, space, MOST_LINES, ascii ? '~' : '…')),
  );
  const head = cut(`memtop: ${clean(result.command.join(' '))}`, width);
  return [head, ...lines, ...curveLines(result, ascii, space)].map((line) => `${line}\n`).join('');
}

/** A span of milliseconds: `850 ms`, `12.3 s`, `5 min 20 s`, `3 h 12 min`. */
export function formatElapsed(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `${' '.repeat(INDENT)}${(index === 0 ? title : '').padEnd(TITLE)}${line}`);
}

function endText({ exitCode, signal, elapsed, oom }: RunResult): string {
  const how = signal === undefined ? `exit code ${exitCode}` : `killed by ${signal}`;
  return `${how}${oom === undefined ? '' : ' (OOM)'} after ${formatElapsed(elapsed)}`;
}

function oomText({ name, pid, rss, scope, cgroup, limit, by, certainty }: Kill): string {
  const what = name === undefined ? 'a process' : `${clean(name)}${pid === undefined ? '' : ` (${pid})`}`;
  const size = rss === undefined ? '' : ` at ${formatSize(rss)}`;
  const most = limit === undefined ? '' : ` of ${formatSize(limit)}`;
  const where =
    scope === 'cgroup'
      ? `, limit${most} of cgroup ${clean(cgroup ?? '')}`
      : scope === 'heap'
        ? `, heap limit${most}`
        : scope === 'machine'
          ? ', the machine ran out of memory'
          : '';
  return `${by} killed ${what}${size}${where}${certainty === 'probable' ? ' (probably)' : ''}`;
}

function mainText({ main }: RunResult): string {
  if (main === undefined) return 'memory not known: it ended before it could be read';
  const { peak, peakAtMost, peakAt, resting } = main;
  const most = peakAtMost === undefined ? '' : `, up to ${formatSize(peakAtMost)} in its last moments`;
  const rest = resting === undefined ? '' : `, resting ${formatSize(resting)}`;
  return `peak ${formatSize(peak)} after ${formatElapsed(peakAt.elapsed)}${most}${rest}`;
}

function treeText({ tree }: RunResult): string | undefined {
  if (tree === undefined) return undefined;
  const { peak, resting, processes, remaining, way, charged } = tree;
  const found = way === 'cgroup' ? 'found by cgroup' : 'found by parent and session';
  const left = remaining === 0 ? '' : `; ${counted(remaining, 'process', 'processes')} still running`;
  const charge = charged === undefined ? '' : `; cgroup peak ${formatSize(charged)} with file cache and kernel memory`;
  const most = processes === 1 ? '1 process' : `up to ${processes} processes`;
  return `peak ${formatSize(peak)}, resting ${formatSize(resting)} (${most}, ${found})${charge}${left}`;
}

function growthText({ growth, pattern }: RunResult): string | undefined {
  if (growth === undefined) return undefined;
  const rate = `${formatGrowth(growth, 'no change')}`;
  return `${pattern ?? 'no clear pattern'}, ${rate === 'no change' ? rate : `${rate}/min`}`;
}

function collectionsText({ collections }: RunResult): string | undefined {
  if (collections === undefined) return undefined;
  const kinds = Object.entries(collections);
  if (kinds.length === 0) return 'no collections';
  const pauses = kinds.flatMap(([, { ms }]) => ms ?? []);
  const longest = kinds.flatMap(([, { maxMs }]) => maxMs ?? []);
  const total = pauses.reduce((sum, ms) => sum + ms, 0);
  const worst = longest.length === 0 ? '' : `, longest ${formatPause(Math.max(...longest))}`;
  const pause = pauses.length === 0 ? '' : `; pauses ${formatPause(total)} in all${worst}`;
  return `${kinds.map(([kind, { count }]) => `${count} ${kind}`).join(', ')}${pause}`;
}

function lastCollectText({ lastCollect }: RunResult): string | undefined {
  if (lastCollect === undefined) return undefined;
  const { verdict, freed, returned, pauseMs, explanation } = lastCollect;
  const amounts = `would have freed ${sizeOrNone(freed)} and returned ${sizeOrNone(returned)} to the system`;
  return `${amounts} (pause ${formatPause(pauseMs)}). ${verdict}: ${clean(explanation)}`;
}

function sizeOrNone(bytes: number): string {
  return bytes <= 0 ? 'nothing' : formatSize(bytes);
}

/** The curve, or a shorter one where the terminal is narrow, above its scale. */
function curveLines({ curve, tree, elapsed }: RunResult, ascii: boolean, space: number): string[] {
  if (tree === undefined || curve.every((value) => Number.isNaN(value))) return [];
  const shown = space >= curve.length ? curve : thinned(curve, space);
  const highest = scaleOf(shown.filter((value) => !Number.isNaN(value))).high;
  const line = sparkline(shown, { low: 0, high: highest }, ascii ? ASCII : BLOCKS);
  return titled('memory', [line, `0 to ${formatSize(highest)} in ${formatElapsed(elapsed)}`]);
}

function thinned(values: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * values.length) / count);
    const to = Math.floor(((index + 1) * values.length) / count);
    const part = values.slice(from, Math.max(from + 1, to)).filter((value) => !Number.isNaN(value));
    return part.length === 0 ? Number.NaN : Math.max(...part);
  });
}
