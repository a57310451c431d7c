// Which rows the table shows, and in which order.
import type { ReportedProcess } from '../report-data.ts';
import type { ReportColumn } from './columns.ts';

/** How the table is sorted. */
export interface TableOrder {
  readonly column: ReportColumn;
  readonly isDescending: boolean;
}

/** The processes in order; equal ones stay as they were, and unknown values come last. */
export function sorted(processes: readonly ReportedProcess[], { column, isDescending }: TableOrder): ReportedProcess[] {
  const sign = isDescending ? -1 : 1;
  return [...processes].sort((one, other) => {
    const [left, right] = [column.value(one), column.value(other)];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    return left < right ? -sign : left > right ? sign : 0;
  });
}

/** The order after a click on a title: the other way round where it is sorted by that column already. */
export function orderAfter(order: TableOrder, column: ReportColumn): TableOrder {
  const isDescending = order.column === column ? !order.isDescending : column.isLargestFirst === true;
  return { column, isDescending };
}

/** Whether a process has every word of the filter: in its PID, name, command, user, pattern, or `running` and `ended`. */
export function matches(process: ReportedProcess, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const { pid, name, command, user = '', pattern = '', hasEnded } = process;
  const text = [pid, name, command, user, pattern, hasEnded ? 'ended' : 'running'].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
