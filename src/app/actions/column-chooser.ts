// The column chooser: which columns are shown, in which order, and what its keys do. The table follows each key.
import type { Column } from '../../model/columns/column.ts';
import { COLUMNS, type ColumnId, columnOf } from '../../model/columns/columns.ts';
import { columnsInForce } from '../layout/fit-columns.ts';
import { type Mode, only, type State, type Update } from '../state/state.ts';
import { arranged } from '../view/selectors.ts';
import { clamped, inList } from './list-motion.ts';
import { sortedBy } from './moving.ts';

type Chooser = Mode & { kind: 'columns' };
type Deed = (state: State, mode: Chooser) => State;

/** Cells at the beginning of a line of the chooser that are its mark and its box. */
export const BOX_END = 5;

/** The keys of the chooser, arrows and paging aside. Its line of hints is made from them. */
export const CHOOSER_KEYS: readonly { readonly keys: readonly string[]; readonly bar: string; readonly does: Deed }[] =
  [
    { keys: ['space'], bar: 'show', does: toggled },
    { keys: ['K', 'shift-up', '<'], bar: 'move', does: (state, mode) => shifted(state, mode, -1) },
    { keys: ['J', 'shift-down', '>'], bar: 'move', does: (state, mode) => shifted(state, mode, 1) },
    { keys: ['s'], bar: 'sort', does: sorted },
    { keys: ['r'], bar: 'default', does: reset },
    { keys: ['enter', 'f2', 'o'], bar: 'keep', does: left },
    { keys: ['escape', 'q'], bar: 'undo', does: undone },
  ];

/** Opens the chooser: all columns, the shown ones checked and in their order, the others where they would be inserted. */
export function chooserOpened(state: State): State {
  const { chosenColumns, order, isOrderChosen } = state;
  const list = listed(columnsInForce(chosenColumns, state.columns, state.layout.fit.withAgents, state.arrangement));
  const before = { chosenColumns, order, isOrderChosen };
  return { ...state, mode: { kind: 'columns', list, index: 0, top: 0, before } };
}

/** The columns that the chooser marks. */
export function chosenIn(state: State): ReadonlySet<string> {
  return new Set(columnsInForce(state.chosenColumns, state.columns, state.layout.fit.withAgents, state.arrangement));
}

/** A key while the chooser is open. */
export function inColumns(state: State, mode: Chooser, key: string): Update {
  const deed = CHOOSER_KEYS.find(({ keys }) => keys.includes(key))?.does;
  const quiet = state.notice === undefined ? state : { ...state, notice: undefined };
  if (deed !== undefined) return only(deed(quiet, mode));
  const place = { line: mode.index, last: mode.list.length - 1, page: Math.max(1, state.layout.list?.height ?? 1) };
  return inList(state, key, place, { moved: (line) => pointed(quiet, mode, line), otherwise: () => quiet });
}

/** The chooser with another column marked. */
export function pointed(state: State, mode: Chooser, wanted: number): State {
  const index = clamped(wanted, mode.list.length - 1);
  return { ...state, mode: { ...mode, index, top: state.layout.list?.first ?? 0 } };
}

/** All columns in one order: a hidden column comes after the one that it follows in the table of columns. */
function listed(inForce: readonly ColumnId[]): ColumnId[] {
  const list = [...inForce];
  for (const [place, { id }] of COLUMNS.entries()) {
    const left = COLUMNS[place - 1]?.id;
    if (!list.includes(id)) list.splice(left === undefined ? 0 : list.indexOf(left) + 1, 0, id);
  }
  return list;
}

/** Shows or hides a column where it is; the last shown column cannot be hidden. */
export function toggled(state: State, mode: Chooser): State {
  const chosen = new Set(chosenIn(state));
  const id = mode.list[mode.index] ?? '';
  const isHidden = chosen.delete(id);
  if (!isHidden) chosen.add(id);
  if (chosen.size === 0) return { ...state, notice: 'At least one column must stay' };
  // Hiding the sort column is deliberate.
  const isOrderChosen = state.isOrderChosen && !(isHidden && id === state.order.column.id);
  return shown({ ...state, isOrderChosen }, mode, chosen);
}

/** Moves a shown column past the next shown one; a hidden column by one line. */
function shifted(state: State, mode: Chooser, by: 1 | -1): State {
  const chosen = chosenIn(state);
  const id = mode.list[mode.index];
  let to = mode.index + by;
  while (chosen.has(id ?? '') && mode.list[to] !== undefined && !chosen.has(mode.list[to] ?? '')) to += by;
  if (id === undefined || mode.list[to] === undefined) return state;
  const list = mode.list.filter((each) => each !== id);
  list.splice(to, 0, id);
  const moved = { ...mode, list };
  return pointed(chosen.has(id) ? shown(state, moved, chosen) : state, moved, to);
}

function shown(state: State, mode: Chooser, chosen: ReadonlySet<string>): State {
  return { ...state, mode, chosenColumns: mode.list.filter((id) => chosen.has(id)) };
}

function sorted(state: State, mode: Chooser): State {
  return sortedBy(state, columnOf(mode.list[mode.index] ?? '') as Column);
}

/** Back to the set that adapts to the terminal's width and to agents. */
function reset(state: State, mode: Chooser): State {
  const list = listed(columnsInForce(undefined, state.columns, state.layout.fit.withAgents, state.arrangement));
  return { ...state, chosenColumns: undefined, mode: { ...mode, list } };
}

function left(state: State): State {
  return { ...state, mode: { kind: 'table' } };
}

/** Restores the columns and their order from when it was opened. */
function undone(state: State, { before }: Chooser): State {
  return arranged({ ...state, ...before, mode: { kind: 'table' } });
}
