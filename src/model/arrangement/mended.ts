// The order of the rows of the sample before, mended where rows came, went or changed: nearly all of thousands stay where they are.
import { existing } from '../../numbers/existing.ts';
import type { Moment } from '../columns/column.ts';
import type { Row } from '../rows/row.ts';
import { compareRows, type Order, sort } from './select-and-sort.ts';

/** The rows of one sample that are not in the next one as the same objects, and those of the next that are new. */
export interface Differences {
  readonly gone: readonly Row[];
  readonly fresh: readonly Row[];
}

/** With more differences than this fraction of the rows, sorting all of them is faster. */
const FEW = 1 / 8;

/**
 * What differs between the rows of two samples, which are in the order of their births. Undefined where it is much, or the
 * order is another one.
 */
export function differencesOf(before: readonly Row[], after: readonly Row[]): Differences | undefined {
  const most = after.length * FEW;
  const gone: Row[] = [];
  const fresh: Row[] = [];
  let from = 0;
  for (let to = 0; to < after.length; to += 1, from += 1) {
    const row = existing(after[to]);
    if (before[from] === row) continue;
    while (from < before.length && !isSameProcess(existing(before[from]), row)) gone.push(existing(before[from++]));
    const known = before[from];
    if (known !== row) fresh.push(row);
    if (known !== undefined && known !== row) gone.push(known);
    if (gone.length + fresh.length > most) return undefined;
  }
  while (from < before.length) gone.push(existing(before[from++]));
  return gone.length + fresh.length > most ? undefined : { gone, fresh };
}

function isSameProcess(one: Row, other: Row): boolean {
  return one.process.who.pid === other.process.who.pid;
}

/** An order, and the moment for which values are computed. */
interface Sorting {
  readonly order: Order;
  readonly moment: Moment;
}

/**
 * Sorted rows without those that are gone and with the fresh ones in their places: the same as sorting all of them. The
 * values of rows that stay must be what they were. Undefined where the rows were not sorted so.
 */
export function mended(sorted: readonly Row[], { gone, fresh }: Differences, sorting: Sorting): Row[] | undefined {
  if (gone.length + fresh.length === 0) return sorted.slice();
  const removed = gone.map((row) => placeOf(row, sorted, sorting));
  if (removed.some((place, index) => sorted[place] !== gone[index])) return undefined;
  removed.sort((one, other) => one - other);
  const added = sort(fresh, sorting.order, sorting.moment);
  const parts: Row[][] = [];
  let at = 0;
  let next = 0;
  for (const row of added) {
    const place = placeOf(row, sorted, sorting);
    for (; next < removed.length && existing(removed[next]) < place; next += 1) {
      parts.push(sorted.slice(at, removed[next]));
      at = existing(removed[next]) + 1;
    }
    if (place > at) parts.push(sorted.slice(at, place));
    at = Math.max(at, place);
    parts.push([row]);
  }
  for (; next < removed.length; next += 1) {
    parts.push(sorted.slice(at, removed[next]));
    at = existing(removed[next]) + 1;
  }
  parts.push(sorted.slice(at));
  return ([] as Row[]).concat(...parts);
}

/** How many of the sorted rows come before a row. */
function placeOf(row: Row, sorted: readonly Row[], { order, moment }: Sorting): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareRows(existing(sorted[middle]), row, order, moment) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
