// The two lines below a chart: what happened when, and which time it shows.
import type { Summary } from '../../chart/summary.ts';
import { chartColumnAt, type Window } from '../../chart/window.ts';
import { formatClock, formatSize, formatSpan } from '../../text/format.ts';
import { cellWidth } from '../../text/width.ts';
import { collectsOf } from '../state/collects.ts';
import type { DetailPane, Paint, PaneSource } from '../state/pane.ts';

/** With fewer columns the middle of the time axis has no label. */
const WIDE = 36;

/** The moment of the wall clock that belongs to one of the monotonic clock. */
export function clockOf(monotonic: number, { view }: PaneSource): number {
  const snapshot = view?.snapshot;
  return snapshot === undefined ? 0 : snapshot.time - (snapshot.monotonic - monotonic);
}

/** `┆` where the process began, `c` at each collect, `▲ 319M 14:31` at the highest reading. */
export function marksLine(
  pane: DetailPane,
  source: PaneSource,
  { window, peak }: { readonly window: Window; readonly peak: Summary | undefined },
  { paint }: Paint,
): string {
  const cells = new Array<string>(window.columns).fill(' ');
  const put = (time: number, sign: string) => {
    const column = chartColumnAt(window, time);
    if (column !== undefined) cells[column] = sign;
  };
  const { startedAt } = pane.row.process.who;
  if (startedAt !== undefined) put(startedAt - clockOf(0, source), source.appearance.ascii ? '|' : '┆');
  for (const { at } of collectsOf(source.collects, pane.row.process)) put(at, 'c');
  if (peak !== undefined && peak.highest > peak.lowest) putPeak(cells, window, peak, source);
  return paint('mark', cells.join('').trimEnd());
}

/** The mark is in the column of the peak, its text on the side where it fits. */
function putPeak(cells: string[], window: Window, { highest, highestAt }: Summary, source: PaneSource): void {
  const column = chartColumnAt(window, Math.max(window.from, highestAt)) ?? 0;
  const sign = source.appearance.ascii ? '^' : '▲';
  const text = `${formatSize(highest)} ${formatClock(clockOf(highestAt, source)).slice(0, 5)}`;
  const right = `${sign} ${text}`;
  const left = `${text} ${sign}`;
  const isFree = (from: number, length: number) =>
    from >= 0 && from + length <= cells.length && cells.slice(from, from + length).every((cell) => cell === ' ');
  const leftFrom = column - cellWidth(left) + 1;
  if (isFree(column, cellWidth(right))) cells.splice(column, cellWidth(right), ...right);
  else if (isFree(leftFrom, cellWidth(left))) cells.splice(leftFrom, cellWidth(left), ...left);
  else if (cells[column] === ' ') cells[column] = sign;
}

/** `−10 min          −5 min            now`. */
export function timeLine({ columns, cell }: Window, ascii: boolean, { paint }: Paint): string {
  const minus = ascii ? '-' : '−';
  const span = Math.round(cell * columns);
  const first = `${minus}${formatSpan(span)}`;
  const middle = columns < WIDE ? '' : `${minus}${formatSpan(span / 2)}`;
  const gap = columns - first.length - middle.length - 3;
  if (gap < 1) return paint('quiet', 'now'.padStart(Math.max(3, columns)).slice(-columns));
  const left = Math.max(1, Math.round(columns / 2) - first.length - Math.round(middle.length / 2));
  return paint('quiet', `${first}${' '.repeat(Math.min(left, gap))}${middle}${' '.repeat(Math.max(0, gap - left))}now`);
}
