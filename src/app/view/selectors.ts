// Values derived from the state: the sorted rows, and which of them are on the screen.
import { arrange } from '../../model/arrangement/arrangement.ts';
import { differencesOf, mended } from '../../model/arrangement/mended.ts';
import { type Selection, select } from '../../model/arrangement/select-and-sort.ts';
import type { Moment } from '../../model/columns/column.ts';
import { filterAt } from '../../model/query/query.ts';
import { sumsAfter, sumsOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import { hasDetail } from '../state/pane.ts';
import type { State } from '../state/state.ts';
import { lineAfter, nearestLine } from './selection.ts';

/** The rows of a view and what a table shows of them. */
export type Arranged = Pick<State, 'view' | 'shown' | 'sums'>;

/**
 * The state with its rows selected and sorted again, and the cursor where it belongs.
 *
 * @param before the rows before a new sample, where nothing but that has changed since they were arranged
 */
export function arranged(state: State, before?: Arranged): State {
  if (state.view === undefined) return state;
  const { rows, snapshot, tracker } = state.view;
  const moment = {
    time: snapshot.time,
    uptime: snapshot.uptime,
    timeline: tracker.timeline,
    memoryTotal: snapshot.system.total,
  };
  const selection = {
    filter: filterAt(state.query, moment, state.regexes),
    named: state.query.pids,
    pids: state.pids,
    user: state.user,
    kernel: state.kernel,
    self: snapshot.observer?.pid,
  };
  const { arrangement, order, toggled } = state;
  const whole = () => {
    const shown = arrange(rows, select(rows, selection), {
      arrangement,
      order,
      moment,
      toggled,
      memory: snapshot.groups,
    });
    return { shown, sums: sumsOf(shown) };
  };
  const { shown, sums } = mendedList(state, before, { selection, moment }) ?? whole();
  const isSearching = (state.regexes?.leftOut ?? 0) > 0;
  if (!isHeld(state)) return { ...state, shown, sums, isSearching, cursor: nearestLine(shown, 0), top: 0 };
  const selected = state.shown[state.cursor];
  const { line, isGone } = lineAfter(shown, selected, state.cursor);
  const next = { ...state, shown, sums, isSearching, cursor: line };
  return isGone && state.anchor === 'followed' ? unfollowed(next, selected) : next;
}

/** A list, mended where few rows differ from those before; undefined where it has to be arranged as a whole. */
function mendedList(
  { arrangement, order, view }: State,
  before: Arranged | undefined,
  { selection, moment }: { readonly selection: Selection; readonly moment: Moment },
): Pick<State, 'shown' | 'sums'> | undefined {
  const { isOfTime, sortsAs } = order.column;
  const isOfRows = arrangement === 'list' && selection.filter === undefined && !isOfTime && sortsAs === undefined;
  if (!isOfRows || before?.view === undefined || view === undefined) return undefined;
  const differences = differencesOf(before.view.rows, view.rows);
  if (differences === undefined) return undefined;
  const gone = select(differences.gone, selection);
  const fresh = select(differences.fresh, selection);
  const shown = mended(before.shown, { gone, fresh }, { order, moment });
  return shown && { shown, sums: sumsAfter(before.sums, gone, fresh) };
}

function unfollowed(state: State, row: Row | undefined): State {
  const name = row?.group?.title ?? `${row?.label.name} (${row?.process.who.pid})`;
  return { ...state, anchor: 'process', notice: `No longer following ${name}: it exited or is not shown` };
}

/** Whether the cursor stays on its process: once it was moved, and while a pane shows the details of that process. */
function isHeld({ anchor, pane }: State): boolean {
  return anchor !== 'first-row' || hasDetail(pane);
}

/** The line of the table (among all that are shown) on a line of the screen; undefined where none is. */
export function lineAt(state: State, row: number): number | undefined {
  const { headerLines, hasTitles, body } = state.layout;
  const line = row - headerLines - Number(hasTitles);
  return line >= 0 && line < body && state.top + line < state.shown.length ? state.top + line : undefined;
}

/** The rows on the screen. */
export function visibleRows(state: State): readonly Row[] {
  return state.shown.slice(state.top, state.top + state.layout.body);
}

/** Whether a process of the table shows its heap: the column gives way to others where none does. */
export function hasAgents({ sums }: State): boolean {
  return sums.agents > 0;
}

/** Whether the arrows move the pane rather than the table. */
export function hasPaneFocus({ pane, focus, layout }: State): boolean {
  return pane !== undefined && (focus === 'pane' || layout.pane?.place === 'instead');
}
