// Formatting of cells that take more than one line of code: age, trend, heap.

import { formatAge, formatCount, formatSize } from '../../text/format.ts';
import { forecastOf } from '../rows/exhaustion.ts';
import type { Row } from '../rows/row.ts';
import { limitFraction } from '../snapshot/heap.ts';
import type { CellStyle, Moment } from './column.ts';
import { sampleAt, samplesIn, trendLine } from './trend-cell.ts';

/** RSS in percent of the machine's memory, as top(1) counts %MEM; undefined when either is not known. */
export function memoryPercent({ process: { rss, isRssUnknown } }: Row, { memoryTotal }: Moment): number | undefined {
  if (isRssUnknown === true || memoryTotal === undefined || memoryTotal === 0) return undefined;
  return (rss / memoryTotal) * 100;
}

/** RSS over time as a sparkline, with marks for events. */
export function trendText(row: Row, moment: Moment, style: CellStyle): string {
  const { width, sparklines: set, trendScale: scale } = style;
  const text = trendLine(row.rss, moment.timeline, { width, set, scale });
  const marks = style.marks?.(row) ?? [];
  return marks.length === 0 ? text : marked(text, marks, moment, style);
}

/** The trend with a `c` in each cell with a garbage collection. */
function marked(text: string, marks: readonly number[], { timeline }: Moment, { sparklines }: CellStyle): string {
  const cells = [...text];
  const samples = samplesIn(cells.length, sparklines);
  for (const moment of marks) {
    const at = sampleAt(moment, timeline, samples);
    if (at !== undefined) cells[Math.floor((at * cells.length) / samples)] = 'c';
  }
  return cells.join('');
}

/** The trend starts narrow: the command is worth more. */
export const TREND_WIDTHS = [
  { from: 180, cells: 30 },
  { from: 140, cells: 20 },
  { from: 110, cells: 15 },
  { from: 70, cells: 10 },
  { from: 0, cells: 8 },
] as const;

/** With 100 cells or more there is always space for the percentage of the heap limit. */
export const HEAP_WIDTHS = [
  { from: 100, cells: 9 },
  { from: 0, cells: 7 },
] as const;

/** The heap as JSON has it. */
export function heapAsJson({ process: { heap } }: Row): object | undefined {
  if (heap === undefined) return undefined;
  const { runtime, used, total, limit, external } = heap;
  return { runtime, used, total, limit, external };
}

/** When a limit will be reached at this pace, in milliseconds since the epoch; undefined without a forecast. */
export function exhaustedAt(row: Row, { time, timeline }: Moment): number | undefined {
  const ahead = forecastOf(row, timeline)?.middle;
  return ahead === undefined ? undefined : time + Math.round(ahead);
}

/** The heap in use and, where there is space, percent of its limit; or for how long the agent has not answered. */
export function heapText({ process: { heap } }: Row, moment: Moment, style: CellStyle): string {
  if (heap === undefined) return '';
  if (heap.busySince !== undefined) return `busy ${formatAge(moment.time - heap.busySince)}`;
  if (heap.used === undefined) return '';
  const fraction = limitFraction(heap);
  const whole = fraction === undefined ? '' : `${formatSize(heap.used)} ${Math.round(fraction * 100)}%`;
  return whole === '' || whole.length > style.width ? formatSize(heap.used) : whole;
}

/** The PID; for a group the number of its processes. */
export function pidText({ group, process }: Row): string {
  return group === undefined ? String(process.who.pid) : `x${formatCount(group.members.length, 6)}`;
}

/** The command line, without the program's folder where full commands are not wanted; for a group its title. */
export function commandText({ group, label, process, tree }: Row, _: Moment, style: CellStyle): string {
  if (group !== undefined) return group.note === undefined ? group.title : `${group.title}  ${group.note}`;
  const known = style.wholeCommands ? label.command : label.shortCommand;
  const command = process.late ? `${label.name} (late: command not read yet)` : known;
  return tree?.isContext ? `(${command})` : command;
}

/** Number and RSS of the processes of a subtree, the row included; empty without children. */
export function subtreeText({ tree }: Row): string {
  return tree?.hasChildren ? `x${formatCount(tree.total.count, 4)} ${formatSize(tree.total.rss).padStart(5)}` : '';
}
