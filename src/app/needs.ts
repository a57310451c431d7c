// What the screen needs of the next sample: the rows it shows, and the measures of its columns.
import type { Measure } from '../model/column.ts';
import { columnOf } from '../model/columns.ts';
import type { Process } from '../model/snapshot.ts';
import type { Row } from '../model/tracker.ts';
import type { Pane } from './pane.ts';
import { type State, shownColumns, visibleRows } from './state.ts';

/** Which rows and measures the state looks at. `everyMeasure` where order or filter depend on a measure of all rows. */
export interface Wanted {
  readonly visible: ReadonlySet<number>;
  readonly measures: ReadonlySet<Measure>;
  readonly everyMeasure: boolean;
  /** Whether the agents are to count collections: an observer in their programs runs for it. */
  readonly gc: boolean;
  /** Of whom true shares are wanted, even with `everyMeasure`: they cost the process something too. */
  readonly keeps: ((process: Process) => boolean) | undefined;
  /** The pid of which everything is wanted: that of the detail pane. */
  readonly details: number | undefined;
}

/** The wanted rows and measures of a state. */
export function wantedBy(state: State): Wanted {
  const { query } = state;
  const sorted = columnOf(state.order.column.id)?.measure;
  const columns = shownColumns(state).map(({ column }) => column);
  const shown = columns.map((column) => column.measure);
  const detailed = detailedRow(state.pane);
  const details = detailed?.process.who.pid;
  const measures = new Set([...shown, sorted, ...query.measures].filter((measure) => measure !== undefined));
  const visible = new Set([
    ...visibleRows(state).map((row) => row.process.who.pid),
    ...(measures.has('pss') ? state.tags.keys() : []),
    ...(details === undefined ? [] : [details]),
  ]);
  return {
    visible,
    measures,
    everyMeasure: sorted !== undefined || query.measures.size > 0,
    gc:
      query.agents.has('gc') ||
      [...columns, state.order.column].some((column) => column.agents === 'gc') ||
      detailed?.process.heap !== undefined,
    keeps: keeps(state, visible, sorted),
    details,
  };
}

/** All that a filter on shares may keep, what filter and user keep where the order is by shares, else what is seen. */
function keeps(state: State, visible: ReadonlySet<number>, sorted: Measure | undefined): Wanted['keeps'] {
  const { filter, user, pids, shown, query } = state;
  if (query.measures.has('pss')) return undefined;
  if (sorted !== 'pss') return ({ who }) => visible.has(who.pid);
  if (filter === '' && user === undefined && pids === undefined) return undefined;
  const shownPids = new Set(shown.map((row) => row.process.who.pid));
  return ({ who }) => shownPids.has(who.pid);
}

/** The process of the detail pane, also while another pane stands before it. */
function detailedRow(pane: Pane | undefined): Row | undefined {
  return pane === undefined || pane.kind === 'detail' ? pane?.row : detailedRow(pane.behind);
}
