// The default columns, and which ones the tree adds and groups leave out.

import type { Grouping } from '../rows/row.ts';
import type { Column, ColumnSet, SortKey } from './column.ts';
import { COLUMNS, type ColumnId } from './columns.ts';

/** The columns of a set, in its order. */
export function columnsOfSet(set: ColumnSet): readonly Column[] {
  const columns: readonly Column[] = COLUMNS;
  const places = columns.flatMap((column) => {
    const place = column.sets?.[set];
    return place === undefined ? [] : [{ column, place }];
  });
  return places.sort((one, other) => one.place - other.place).map(({ column }) => column);
}

const idsOf = (set: ColumnSet): readonly ColumnId[] => columnsOfSet(set).map(({ id }) => id as ColumnId);

/** The default columns of the table, and those of a wide terminal. */
export const DEFAULT_COLUMNS: readonly ColumnId[] = idsOf('narrow');
export const WIDE_COLUMNS: readonly ColumnId[] = idsOf('wide');

/** The default sort column. */
export const SORTED_FIRST = COLUMNS.find((column) => 'isSortedFirst' in column)?.id as ColumnId;

const has = (flag: (column: Column) => boolean): ReadonlySet<ColumnId> =>
  new Set((COLUMNS as readonly Column[]).filter(flag).map(({ id }) => id as ColumnId));

const OF_TREE = has(({ counts }) => counts === 'tree');
const OF_ONE = has(({ isOfOne }) => isOfOne === true);
const FLEX = has(({ flex }) => flex === true);

/** The columns that a key sorts by, in the order of help. */
export function columnsWithKeys(): readonly { readonly id: ColumnId; readonly sortKey: SortKey }[] {
  const columns: readonly Column[] = COLUMNS;
  return columns
    .flatMap(({ id, sortKey }) => (sortKey === undefined ? [] : [{ id: id as ColumnId, sortKey }]))
    .sort((one, other) => one.sortKey.place - other.sortKey.place);
}

/** A default set for an arrangement: the tree adds the sums of subtrees; groups leave out columns that do not add up. */
export function columnsIn(arrangement: 'list' | 'tree' | Grouping, ids: readonly ColumnId[]): readonly ColumnId[] {
  if (arrangement === 'tree') return ids.flatMap((id) => (FLEX.has(id) ? [...OF_TREE, id] : [id]));
  return arrangement === 'list' ? ids : ids.filter((id) => !OF_ONE.has(id));
}
