// Everything the screen shows, as one immutable value.
import { type Order, select, sort } from '../model/arrange.ts';
import type { Graph } from '../model/chart/plot.ts';
import type { Column } from '../model/column.ts';
import { type ColumnId, columnOf } from '../model/columns.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Row, Tracker } from '../model/tracker.ts';
import { filterOfWords } from '../model/words.ts';
import { type Collects, NO_COLLECTS } from './collects.ts';
import type { Effect } from './effects.ts';
import { type FittedColumn, fitColumns } from './fit-columns.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { Pane } from './pane.ts';
import { wantsOf } from './panes/panes.ts';

/** One tick as the screen sees it. The tracker's past goes on growing under it; nothing here writes to it. */
export interface View {
  readonly snapshot: Snapshot;
  readonly rows: readonly Row[];
  readonly tracker: Tracker;
}

/** What a run of the screen begins with. */
export interface Beginning {
  /** Milliseconds between two samples. */
  readonly interval: number;
  readonly sort: { readonly column: ColumnId; readonly descending: boolean };
  /** Columns asked for by name; undefined for the default set. */
  readonly columns: readonly ColumnId[] | undefined;
  readonly filter: string;
  readonly pids: ReadonlySet<number> | undefined;
  readonly ascii: boolean;
  readonly color: boolean;
  /** What charts are made of; blocks unless said otherwise, ASCII in any case where nothing else can be shown. */
  readonly graph?: Graph;
  /** Nothing that acts on a process. */
  readonly readonly: boolean;
}

/** What the keys mean at the moment. */
export type Mode =
  | { readonly kind: 'table' }
  | { readonly kind: 'filter' }
  | { readonly kind: 'interval'; readonly text: string }
  | { readonly kind: 'help'; readonly top: number }
  | { readonly kind: 'confirm'; readonly question: string; readonly effect: Effect }
  | { readonly kind: 'choose'; readonly what: 'sort' | 'user'; readonly index: number };

export interface State {
  readonly columns: number;
  readonly lines: number;
  readonly look: Pick<Beginning, 'ascii' | 'color' | 'graph'>;
  readonly chosenColumns: Beginning['columns'];
  readonly interval: number;
  readonly order: Order;
  readonly filter: string;
  readonly pids: ReadonlySet<number> | undefined;
  readonly user: string | undefined;
  readonly kernel: boolean;
  /** One scale for all trends rather than one a row. */
  readonly isScaleShared: boolean;
  readonly mode: Mode;
  /** The tick on screen; while paused, newer ones wait in `latest`. */
  readonly view: View | undefined;
  readonly latest: View | undefined;
  readonly isPaused: boolean;
  /** The kept rows in order, and the line of the selected one among them. */
  readonly shown: readonly Row[];
  readonly cursor: number;
  /** The first line on screen. */
  readonly top: number;
  readonly notice: string | undefined;
  /** Time of the snapshot on screen when the notice came, in milliseconds since the epoch. */
  readonly noticedAt: number;
  /** Nothing that acts on a process. */
  readonly isReadonly: boolean;
  readonly collects: Collects;
  /** What is open beside, below or instead of the table. */
  readonly pane: Pane | undefined;
  /** Which of the two the arrows move. A pane that stands in the place of the table has them in any case. */
  readonly focus: 'table' | 'pane';
  /** The part of columns or lines that the pane was given by moving its border, between 0 and 1. */
  readonly paneShare: number | undefined;
}

/** A state and what is to be done outside. */
export interface Update {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A new state and nothing to be done outside. */
export function only(state: State): Update {
  return { state, effects: [] };
}

/** The state before the first sample. */
export function initialState(beginning: Beginning, size: { columns: number; rows: number }): State {
  return {
    columns: size.columns,
    lines: size.rows,
    look: beginning,
    chosenColumns: beginning.columns,
    interval: beginning.interval,
    order: { column: columnOf(beginning.sort.column) as Column, descending: beginning.sort.descending },
    filter: beginning.filter,
    pids: beginning.pids,
    user: undefined,
    kernel: false,
    isScaleShared: false,
    mode: { kind: 'table' },
    view: undefined,
    latest: undefined,
    isPaused: false,
    shown: [],
    cursor: 0,
    top: 0,
    notice: undefined,
    noticedAt: 0,
    isReadonly: beginning.readonly,
    collects: NO_COLLECTS,
    pane: undefined,
    focus: 'table',
    paneShare: undefined,
  };
}

/** The state with its rows selected and sorted anew; the selection stays on its process, or on its line when it ended. */
export function arranged(state: State): State {
  if (state.view === undefined) return state;
  const { rows, snapshot, tracker } = state.view;
  const kept = select(rows, {
    filter: filterOfWords(state.filter),
    pids: state.pids,
    user: state.user,
    kernel: state.kernel,
    self: snapshot.observer?.pid,
  });
  const shown = sort(kept, state.order, { time: snapshot.time, timeline: tracker.timeline });
  return scrolled({ ...state, shown, cursor: lineOf(shown, state.shown[state.cursor]) ?? state.cursor });
}

/** The state with the cursor on a line there is, and that line on the screen. */
export function scrolled(state: State): State {
  const height = Math.max(1, tableHeight(state));
  const cursor = Math.max(0, Math.min(state.cursor, state.shown.length - 1));
  const highest = Math.max(0, state.shown.length - height);
  const top = Math.max(0, Math.min(state.top, cursor, highest), cursor - height + 1);
  return cursor === state.cursor && top === state.top ? state : { ...state, cursor, top };
}

/** How the cells of the screen are shared out now. */
export function layoutIn(state: State): Layout {
  return layoutOf(state.columns, state.lines, wantsOf(state.pane, state, state.columns), state.paneShare);
}

/** The columns that the table has room for, and how wide each is. */
export function shownColumns(state: State): FittedColumn[] {
  return fitColumns(state.chosenColumns, layoutIn(state).tableWidth, hasAgents(state));
}

/** Lines of the table on the screen. */
export function tableHeight(state: State): number {
  return layoutIn(state).body;
}

/** The rows on the screen. */
export function visibleRows(state: State): readonly Row[] {
  return state.shown.slice(state.top, state.top + tableHeight(state));
}

function lineOf(shown: readonly Row[], selected: Row | undefined): number | undefined {
  if (selected === undefined) return undefined;
  const { pid, startTime } = selected.process.who;
  const line = shown.findIndex(({ process: { who } }) => who.pid === pid && who.startTime === startTime);
  return line < 0 ? undefined : line;
}

/** Whether any process tells its heap: the column gives way to others where none does. */
export function hasAgents(state: State): boolean {
  return state.view?.rows.some((row) => row.process.heap !== undefined) === true;
}
