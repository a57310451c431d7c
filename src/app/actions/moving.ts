// Moving in the table, sorting and pausing it.
import type { Order } from '../../model/arrangement/select-and-sort.ts';
import type { Column } from '../../model/columns/column.ts';
import type { Recalled } from '../../model/recall/recall.ts';
import { playToggled } from '../recorder/replaying.ts';
import { viewOf } from '../recorder/travel.ts';
import { only, type State, type Update } from '../state/state.ts';
import { nearestLine } from '../view/selection.ts';
import { arranged } from '../view/selectors.ts';
import { lineMoved, type Motion } from './list-motion.ts';
import { refreshed, withDetail } from './pane-moves.ts';

/**
 * Moves the selection by lines, by pages, or to an end. From then on it follows its process; on the first row it stays
 * on that row, whichever process is there.
 */
export function moved(before: State, by: Motion): State {
  const state: State = { ...before, anchor: by === 'first' ? 'first-row' : 'process' };
  if (by === 'first') return { ...state, cursor: nearestLine(state.shown, 0), top: 0 };
  const page = state.layout.body;
  const cursor = lineMoved({ line: state.cursor, last: state.shown.length - 1, page }, by);
  // A page turns the table too; `top` is kept within it when the state is laid out.
  const turned = by === 'page-down' ? page : by === 'page-up' ? -page : 0;
  return { ...state, cursor, top: state.top + turned };
}

/** Sorts by a column; reverses the order when it is the sort column already. */
export function sortedBy(state: State, column: Column): State {
  const isSame = column.id === state.order.column.id;
  const descending = isSame ? !state.order.descending : column.ascendingFirst !== true;
  return ordered(state, { column, descending });
}

/** Reverses the sort order. */
export function inverted(state: State): State {
  return ordered(state, { ...state.order, descending: !state.order.descending });
}

/** Changes the order and scrolls to its top. A followed process stays visible. */
function ordered(state: State, order: Order): State {
  if (state.anchor === 'followed') return arranged({ ...state, order, isOrderChosen: true });
  const next = arranged({ ...state, order, isOrderChosen: true, anchor: 'first-row' });
  return { ...next, cursor: nearestLine(next.shown, 0), top: 0 };
}

/** `F`: follows the selected process in any order; again: back to the first row. */
export function followToggled(state: State): State {
  const row = state.shown[state.cursor];
  if (row === undefined) return { ...state, notice: 'No process to follow' };
  const name = row.group?.title ?? `${row.label.name} (${row.process.who.pid})`;
  if (state.anchor === 'followed') {
    return { ...moved(state, 'first'), notice: `No longer following ${name}; cursor on the first row` };
  }
  return { ...state, anchor: 'followed', notice: `Following ${name}, press F to stop` };
}

/** Sorts by the column to the right or to the left, wrapping around. */
export function sortedByNext(state: State, by: 1 | -1): State {
  const columns = state.layout.columns.map(({ column }) => column);
  const at = columns.findIndex((column) => column.id === state.order.column.id);
  const next = columns[(Math.max(at, by === 1 ? -1 : 0) + by + columns.length) % columns.length];
  return next === undefined ? state : sortedBy(state, next);
}

/** `z`: pauses the screen together with its histories, or goes back to now, with the newest sample. */
export function pauseToggled(state: State): Update {
  if (state.replay !== undefined) return playToggled(state);
  if (!state.isPaused) return only(paused(state));
  const resumed = refreshed(arranged({ ...state, isPaused: false, past: undefined, view: state.latest }));
  return { state: resumed, effects: state.past === undefined ? [] : [{ do: 'forget-past' }] };
}

/** The rows of a moment of the past are there: shown, unless the screen shows now again. */
export function recalled(state: State, found: Recalled): State {
  if (state.past === undefined) return state;
  return refreshed(arranged({ ...state, view: viewOf(found, state.latest) }));
}

function paused(state: State): State {
  const { view } = state;
  if (view === undefined) return { ...state, isPaused: true };
  const { tracker, rowOf } = view.tracker.frozen();
  const held = arranged({ ...state, isPaused: true, view: { ...view, tracker, rows: view.rows.map(rowOf) } });
  // A process that has exited no longer has a row in the table.
  return refreshed(withDetail(held, (pane) => ({ ...pane, row: rowOf(pane.row) })));
}
