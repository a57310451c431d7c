// What the screen needs of the next sample: the rows it shows, and the measures of its columns.
import type { Column } from '../../model/columns/column.ts';
import { columnOf } from '../../model/columns/columns.ts';
import { suspectsOf } from '../../model/rows/exhaustion.ts';
import { membersOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import type { Measure } from '../../model/snapshot/measure.ts';
import type { Process } from '../../model/snapshot/snapshot.ts';
import type { Pane } from '../state/pane.ts';
import type { State } from '../state/state.ts';
import { visibleRows } from './selectors.ts';

/** Processes read in every tick for the rows on screen, at most: a group may stand for thousands. */
const MOST_VISIBLE = 256;

/** The rows and measures that the state uses. `everyMeasure` where order or filter depend on a measure of all rows. */
export interface Wanted {
  readonly visible: ReadonlySet<number>;
  readonly measures: ReadonlySet<Measure>;
  readonly everyMeasure: boolean;
  readonly ofEveryRow: ReadonlySet<Measure>;
  /** Whether the agents are to count collections: an observer in their programs runs for it. */
  readonly gc: boolean;
  /** The processes whose PSS and USS are wanted, even with `everyMeasure`: reading them slows the process itself. */
  readonly keeps: ((process: Process) => boolean) | undefined;
  /** The pid of which everything is wanted: that of the detail pane. */
  readonly details: number | undefined;
  /** The OOM kills from before the first sample: while their pane is open. */
  readonly pastKills: boolean;
  /** How much each tmpfs holds: while the pane of memory is open. */
  readonly tmpfs: boolean;
}

/** The wanted rows and measures of a state. */
export function wantedBy(state: State): Wanted {
  const { query } = state;
  const sorted = columnOf(state.order.column.id)?.measure;
  const columns = state.layout.columns.map(({ column }) => column);
  const shown = columns.map((column) => column.measure);
  const ofEveryRow = ofAll(state, columns);
  const detailed = detailedRow(state.pane);
  const details = detailed?.process.who.pid;
  // Whether a limit is near, and whose growth it is, is shown whatever the columns are.
  const ofForecasts: Measure[] = ['cgroup'];
  // What is swapped out is growth that RSS does not show.
  if (isSwapping(state)) ofForecasts.push('swap');
  const measures = new Set(
    [...shown, sorted, ...query.measures, ...ofEveryRow, ...ofForecasts].filter((measure) => measure !== undefined),
  );
  const visible = new Set([
    ...visiblePids(state),
    ...(measures.has('pss') ? state.tags.keys() : []),
    ...(details === undefined ? [] : [details]),
    ...suspects(state),
  ]);
  return {
    visible,
    measures,
    everyMeasure: sorted !== undefined || query.measures.size > 0,
    ofEveryRow,
    gc:
      query.agents.has('gc') ||
      [...columns, state.order.column].some((column) => column.agents === 'gc') ||
      detailed?.process.heap !== undefined,
    keeps: keeps(state, visible, sorted),
    details,
    pastKills: hasPane(state.pane, 'oom'),
    tmpfs: hasPane(state.pane, 'memory'),
  };
}

/** With a filter on PSS or USS all that may match; with an order by them all that match; otherwise the visible rows. */
function keeps(state: State, visible: ReadonlySet<number>, sorted: Measure | undefined): Wanted['keeps'] {
  const { filter, user, pids, shown, query } = state;
  if (query.measures.has('pss')) return undefined;
  if (sorted !== 'pss') return ({ who }) => visible.has(who.pid);
  if (filter === '' && user === undefined && pids === undefined) return undefined;
  const shownPids = new Set(shown.map((row) => row.process.who.pid));
  return ({ who }) => shownPids.has(who.pid);
}

function hasPane(pane: Pane | undefined, kind: Pane['kind']): boolean {
  return pane !== undefined && (pane.kind === kind || hasPane(pane.behind, kind));
}

/** The process of the detail pane, also while another pane stands before it. */
function detailedRow(pane: Pane | undefined): Row | undefined {
  return pane === undefined || pane.kind === 'detail' ? pane?.row : detailedRow(pane.behind);
}

/** The measures that groups and filters use, and those that a sum row adds up. */
function ofAll(state: State, columns: readonly Column[]): ReadonlySet<Measure> {
  const measures = new Set<Measure>();
  if (state.arrangement === 'cgroup' || state.query.measures.has('cgroup')) measures.add('cgroup');
  if (visibleRows(state).some((row) => membersOf(row).length > 1)) {
    // Reading PSS and USS slows the process itself: only those of members on the screen are read.
    for (const { adds, measure } of columns)
      if (adds && measure !== undefined && measure !== 'pss') measures.add(measure);
  }
  return measures;
}

/** Whether the machine swaps right now. */
function isSwapping({ view }: State): boolean {
  const { in: back, out } = view?.tracker.swapRates ?? { in: 0, out: 0 };
  return back + out > 0;
}

/** Processes that may cause what runs out. */
function suspects({ view }: State): number[] {
  return view === undefined ? [] : suspectsOf(view.rows, view.tracker).map(({ process }) => process.who.pid);
}

function visiblePids(state: State): ReadonlySet<number> {
  const pids = new Set<number>();
  for (const row of visibleRows(state)) {
    for (const { process } of membersOf(row)) {
      if (pids.size < MOST_VISIBLE) pids.add(process.who.pid);
    }
  }
  return pids;
}
