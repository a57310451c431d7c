// Moving in the table, sorting it, holding it still.
import type { Column } from '../model/column.ts';
import { arranged, type State, scrolled, shownColumns, tableHeight } from './state.ts';

/** The selection moved by lines, by pages, or to an end. */
export function moved(state: State, by: number | 'page-up' | 'page-down' | 'first' | 'last'): State {
  const last = state.shown.length - 1;
  if (by === 'first') return scrolled({ ...state, cursor: 0, top: 0 });
  if (by === 'last') return scrolled({ ...state, cursor: last });
  if (typeof by === 'number') return scrolled({ ...state, cursor: state.cursor + by });
  const page = by === 'page-down' ? tableHeight(state) : -tableHeight(state);
  return scrolled({ ...state, cursor: state.cursor + page, top: state.top + page });
}

/** Sorted by a column; the other way round when it is sorted by it already. */
export function sortedBy(state: State, column: Column): State {
  const isSame = column.id === state.order.column.id;
  const descending = isSame ? !state.order.descending : column.ascendingFirst !== true;
  const cursorAtTop = state.cursor === 0;
  const next = arranged({ ...state, order: { column, descending } });
  // Who stands at the top wants to see the new top; a selection further down stays on its process.
  return cursorAtTop ? scrolled({ ...next, cursor: 0, top: 0 }) : next;
}

/** Sorted by the column to the right or to the left, round the ends. */
export function sortedByNext(state: State, by: 1 | -1): State {
  const columns = shownColumns(state).map(({ column }) => column);
  const at = columns.findIndex((column) => column.id === state.order.column.id);
  const next = columns[(Math.max(at, by === 1 ? -1 : 0) + by + columns.length) % columns.length];
  return next === undefined ? state : sortedBy(state, next);
}

/** The screen held still, or shown the newest again. */
export function paused(state: State): State {
  if (!state.isPaused) return { ...state, isPaused: true };
  return arranged({ ...state, isPaused: false, view: state.latest });
}
