// Which rows are shown, and in which order.
import { existing } from '../../numbers/existing.ts';
import type { Column, Moment } from '../columns/column.ts';
import type { Filter } from '../query/query.ts';
import type { Row } from '../rows/row.ts';

export interface Selection {
  readonly filter?: Filter | undefined;
  /** Processes that the filter names by PID: shown even if they are memtop itself or kernel threads. */
  readonly named?: ReadonlySet<number> | undefined;
  /** Only these processes. */
  readonly pids?: ReadonlySet<number> | undefined;
  readonly user?: string | undefined;
  /** Include kernel threads. */
  readonly kernel: boolean;
  /** memtop's own pid: a filter never matches it unless by PID. */
  readonly self?: number | undefined;
}

export interface Order {
  readonly column: Column;
  readonly descending: boolean;
}

/** The rows that match. */
export function select(rows: readonly Row[], selection: Selection): Row[] {
  const { filter, named, pids, user, kernel, self } = selection;
  return rows.filter((row) => {
    const { who } = row.process;
    if (pids !== undefined) return pids.has(who.pid) && (filter === undefined || filter(row));
    const isNamed = named?.has(who.pid) === true;
    if (who.kernel && !kernel && !isNamed) return false;
    if (user !== undefined && row.label.user !== user) return false;
    return filter === undefined || ((who.pid !== self || isNamed) && filter(row));
  });
}

/** The sorted rows. Unknown values come last in either direction, and equals are sorted by PID so that rows do not jump. */
export function sort(rows: readonly Row[], order: Order, moment: Moment): Row[] {
  const keys = rows.map((row) => order.column.value(row, moment));
  const places = keys.map((_, index) => index);
  places.sort(comparison(keys, rows, order));
  return places.map((place) => existing(rows[place]));
}

/** Compares two indexes by their keys; equals by PID, groups by title. */
export function comparison(
  keys: readonly (number | string | undefined)[],
  rows: readonly Row[],
  order: Order,
): (left: number, right: number) => number {
  const direction = order.descending ? -1 : 1;
  return (left, right) => {
    const one = keys[left];
    const other = keys[right];
    if (one === other) return compareEquals(existing(rows[left]), existing(rows[right]));
    return compareKeys(one, other, direction);
  };
}

/** Compares two rows as `sort` does. */
export function compareRows(one: Row, other: Row, { column, descending }: Order, moment: Moment): number {
  const key = column.value(one, moment);
  const otherKey = column.value(other, moment);
  return key === otherKey ? compareEquals(one, other) : compareKeys(key, otherKey, descending ? -1 : 1);
}

type Key = number | string | undefined;

/** Two keys that differ. */
function compareKeys(one: Key, other: Key, direction: 1 | -1): number {
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one < other ? -direction : direction;
}

function compareEquals(one: Row, other: Row): number {
  const byPid = one.process.who.pid - other.process.who.pid;
  if (byPid !== 0 || one.group === undefined || other.group === undefined) return byPid;
  return one.group.title < other.group.title ? -1 : Number(one.group.title > other.group.title);
}
