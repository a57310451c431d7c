// What printing is going to do, settled before the first sample: form, columns, how often, and what must be read.
import { refuseUnknown, untilKnown } from '../cli/messages.ts';
import type { OutputForm, Request } from '../cli/request.ts';
import { type Arrangement, arrangementFrom } from '../model/arrangement/layout.ts';
import type { Order } from '../model/arrangement/select-and-sort.ts';
import type { Column } from '../model/columns/column.ts';
import { columnsIn, columnsOfSet } from '../model/columns/column-sets.ts';
import { COLUMNS, type ColumnId, columnOf } from '../model/columns/columns.ts';
import { withSorted } from '../model/columns/sorted-column.ts';
import type { Sampling } from '../model/history/known.ts';
import { Timeline } from '../model/history/timeline.ts';
import type { Query } from '../model/query/query.ts';
import { Label } from '../model/rows/label.ts';
import type { Row } from '../model/rows/row.ts';
import { EVERY_ROW, type Needs } from '../sampling/sampler/sampler.ts';
import type { Settings } from '../settings/settings.ts';

/** Milliseconds that a sample waits for names of users and for reads that may not return. */
const READ_TIMEOUT = 300;

export interface Plan {
  readonly output: OutputForm;
  readonly columns: readonly Column[];
  readonly order: Order;
  /** Other programs get processes: only a table is a tree or in groups. */
  readonly arrangement: Arrangement;
  /** Snapshots to print; Infinity for an endless stream. */
  readonly count: number;
  /** The sampling that they need. */
  readonly sampling: Sampling;
  /** The columns that JSON adds to what it always carries. */
  readonly wanted: readonly string[] | undefined;
  readonly needs: Needs;
  /** The same for samples that only show what changes until the last one is printed. */
  readonly needsBetween: Needs;
  /** The requests to the agents. */
  readonly wants: { readonly heap: boolean; readonly gc: boolean };
}

/**
 * The plan for a request and its parsed filter.
 *
 * @throws UserError where order or filter use a column that needs more samples
 */
export function planOf(request: Request, query: Query): Plan {
  const { settings } = request;
  const output = request.output ?? 'table';
  const count = request.count ?? (streams(request) ? Number.POSITIVE_INFINITY : 1);
  const sampling = samplingOf(count, request);
  const order = orderOf(settings);
  refuseUnknown('sort', [order.column], sampling, untilKnown({ ...request, count }));
  refuseUnknown('filter', columnsNamed([...query.columns]), sampling, untilKnown({ ...request, count }));
  const columns = columnsOf(output, sampling, settings);
  const used = [...columns, order.column];
  const asks = (what: 'heap' | 'gc') => query.agents.has(what) || used.some(({ agents }) => agents === what);
  const requested = arrangementFrom(settings);
  const arrangement = output === 'table' ? requested : 'list';
  const needs = { ...needsOf(used, query, requested, sampling), keeps: filterOf(settings, query) };
  const wants = { heap: asks('heap'), gc: asks('gc') };
  const wanted = settings.isSortChosen ? [...(settings.columns ?? []), settings.sort.column] : settings.columns;
  return { output, columns, order, arrangement, count, sampling, wanted, needs, needsBetween: between(needs), wants };
}

function samplingOf(count: number, { settings, span }: Request): Sampling {
  const { interval } = settings;
  if (span === undefined) return { samples: count, milliseconds: (count - 1) * interval };
  return { samples: Math.ceil(span / interval) + 1, milliseconds: span };
}

/** Reading PSS and USS takes long, and holds up the processes: only what is printed is worth it. */
function between(needs: Needs): Needs {
  const measures = new Set(needs.measures);
  measures.delete('pss');
  return { ...needs, measures };
}

/** ndjson and csv are streams by default; table and json are when an interval is given. */
function streams({ output, paced }: Request): boolean {
  return output === 'ndjson' || output === 'csv' || (output !== undefined && paced);
}

/** The chosen columns, or the default ones, with the sort column. CSV with chosen columns has no other. */
function columnsOf(output: OutputForm, sampling: Sampling, settings: Settings): Column[] {
  const { columns, sort, isSortChosen } = settings;
  const ids = columns ?? defaultsOf(output, sampling, arrangementFrom(settings));
  const isFixed = output === 'csv' ? columns !== undefined : output !== 'table';
  return columnsNamed(isSortChosen && !isFixed ? withSorted(ids, sort.column) : ids);
}

function columnsNamed(ids: readonly string[]): Column[] {
  return ids.map(columnOf).filter((column) => column !== undefined);
}

function defaultsOf(output: OutputForm, { samples }: Sampling, arrangement: Arrangement): readonly ColumnId[] {
  if (output !== 'table') return output === 'csv' ? idsOf(columnsOfSet('csv')) : [];
  // Columns that need several samples, such as growth, are left out of a table of one.
  const printed = columnsOfSet('printed').filter(({ knownAfter }) => samples > 1 || knownAfter === undefined);
  return columnsIn(arrangement, idsOf(printed));
}

function idsOf(columns: readonly Column[]): ColumnId[] {
  return columns.map(({ id }) => id as ColumnId);
}

function orderOf({ sort }: Settings): Order {
  return { column: COLUMNS.find(({ id }) => id === sort.column) as Column, descending: sort.descending };
}

/** Every chosen column, and every one that the filter or the grouping needs, is read for every row. */
function needsOf(columns: readonly Column[], query: Query, arrangement: Arrangement, { samples }: Sampling): Needs {
  const measures = columns.map(({ measure }) => measure);
  // Forecasts need several samples, and the limits that processes are under.
  if (arrangement === 'cgroup' || samples > 1) measures.push('cgroup');
  return {
    ...EVERY_ROW,
    measures: new Set([...measures.filter((measure) => measure !== undefined), ...query.measures]),
    everyMeasure: true,
    timeout: READ_TIMEOUT,
  };
}

/** Whether IDs and filter match a process, decided before there is a row for it; undefined where that needs the row. */
function filterOf({ pids }: Settings, { columns, test }: Query): Needs['keeps'] {
  const isKnown = test !== undefined && columnsNamed([...columns]).every(({ identity }) => identity);
  if (pids === undefined && !isKnown) return undefined;
  const moment = { time: 0, timeline: new Timeline() };
  return (process) => {
    if (pids !== undefined && !pids.has(process.who.pid)) return false;
    // Such a filter uses nothing else of a row.
    return !isKnown || test({ process, label: new Label(process.who) } as Row, moment);
  };
}
