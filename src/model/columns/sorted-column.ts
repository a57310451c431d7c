// Adds the sort column to the visible columns where it is missing.
import { COLUMNS, type ColumnId } from './columns.ts';

/**
 * The columns, with the sort column where it was missing: inserted before the first of them that follows it in the
 * table of columns.
 */
export function withSorted(ids: readonly ColumnId[], sorted: ColumnId): readonly ColumnId[] {
  if (ids.includes(sorted)) return ids;
  const places = new Map<ColumnId, number>(COLUMNS.map(({ id }, place) => [id, place]));
  const own = places.get(sorted) ?? 0;
  const at = ids.findIndex((id) => (places.get(id) ?? 0) > own);
  return at === -1 ? [...ids, sorted] : ids.toSpliced(at, 0, sorted);
}
