// What follows from the state: the rows in order, the layout, and what of both is on the screen.
import { arrange } from '../../model/arrangement/arrangement.ts';
import { select } from '../../model/arrangement/select-and-sort.ts';
import type { ColumnId } from '../../model/columns/columns.ts';
import { filterAt } from '../../model/query/query.ts';
import type { Row } from '../../model/rows/row.ts';
import { wantsOf } from '../panes/panes.ts';
import { hasDetail } from '../state/pane.ts';
import type { State } from '../state/state.ts';
import { type FittedColumn, fitColumns } from './fit-columns.ts';
import { type Layout, layoutOf } from './layout.ts';
import { lineAfter, nearestLine } from './selection.ts';

/** The state with its rows selected and sorted again, and the cursor on what it stays on. */
export function arranged(state: State): State {
  if (state.view === undefined) return state;
  const { rows, snapshot, tracker } = state.view;
  const moment = {
    time: snapshot.time,
    uptime: snapshot.uptime,
    timeline: tracker.timeline,
    memoryTotal: snapshot.system.total,
  };
  const kept = select(rows, {
    filter: filterAt(state.query, moment, state.regexes),
    named: state.query.pids,
    pids: state.pids,
    user: state.user,
    kernel: state.kernel,
    self: snapshot.observer?.pid,
  });
  const { arrangement, order, toggled } = state;
  const shown = arrange(rows, kept, { arrangement, order, moment, toggled, memory: snapshot.groups });
  const isLooking = (state.regexes?.leftOut ?? 0) > 0;
  if (!isHeld(state)) return scrolled({ ...state, shown, isLooking, cursor: nearestLine(shown, 0), top: 0 });
  const selected = state.shown[state.cursor];
  const { line, isGone } = lineAfter(shown, selected, state.cursor);
  const next = { ...state, shown, isLooking, cursor: line };
  return scrolled(isGone && state.anchor === 'followed' ? unfollowed(next, selected) : next);
}

function unfollowed(state: State, row: Row | undefined): State {
  const name = row?.group?.title ?? `${row?.label.name} (${row?.process.who.pid})`;
  return { ...state, anchor: 'process', notice: `No longer following ${name}: it ended or is not shown` };
}

/** Whether the cursor stays on its process: once it was moved, and while a pane shows the details of that process. */
function isHeld({ anchor, pane }: State): boolean {
  return anchor !== 'first-row' || hasDetail(pane);
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
  const { mode } = state;
  // The chooser stands below the table, which is the preview of what is chosen.
  if (mode.kind === 'columns') {
    return layoutOf(state.columns, state.lines, { place: 'below', share: 1, lines: mode.list.length + 1 });
  }
  return layoutOf(state.columns, state.lines, wantsOf(state.pane, state, state.columns), state.paneShare);
}

/** The columns that the table has room for, and how wide each is. */
export function shownColumns(state: State): FittedColumn[] {
  const { chosenColumns, arrangement, order, isOrderChosen } = state;
  const sorted = isOrderChosen ? (order.column.id as ColumnId) : undefined;
  return fitColumns(chosenColumns, layoutIn(state).tableWidth, hasAgents(state), arrangement, sorted);
}

/** Lines of the table on the screen. */
export function tableHeight(state: State): number {
  return layoutIn(state).body;
}

/** The line of the table (among all that are shown) on a line of the screen; undefined where none is. */
export function lineAt(state: State, row: number): number | undefined {
  const { headerLines, hasTitles, body } = layoutIn(state);
  const line = row - headerLines - Number(hasTitles);
  return line >= 0 && line < body && state.top + line < state.shown.length ? state.top + line : undefined;
}

/** The rows on the screen. */
export function visibleRows(state: State): readonly Row[] {
  return state.shown.slice(state.top, state.top + tableHeight(state));
}

/** Whether a process of the table shows its heap: the column gives way to others where none does. */
export function hasAgents({ shown }: State): boolean {
  return shown.some((row) => row.process.heap !== undefined);
}
