// The column that rows are sorted by, shown although it is not among the columns.
import { COLUMNS, type ColumnId } from './columns.ts';

/**
 * The columns and the one that rows are sorted by: where it is not among them it stands before the first that follows it
 * in the table of columns.
 */
export function withSorted(ids: readonly ColumnId[], sorted: ColumnId): readonly ColumnId[] {
  if (ids.includes(sorted)) return ids;
  const places = new Map<ColumnId, number>(COLUMNS.map(({ id }, place) => [id, place]));
  const own = places.get(sorted) ?? 0;
  const at = ids.findIndex((id) => (places.get(id) ?? 0) > own);
  return at === -1 ? [...ids, sorted] : ids.toSpliced(at, 0, sorted);
}
