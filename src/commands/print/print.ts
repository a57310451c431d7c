// Snapshots in print: one table or document and an end, or a stream for another program.
import type { Context } from '../../config/context.ts';
import { noSuchProcess, nothingMatches } from '../../config/nothing.ts';
import { openQuery } from '../../config/open-query.ts';
import type { Request } from '../../config/request.ts';
import { formatCsv, formatCsvHeader } from '../../formats/csv.ts';
import { formatJson } from '../../formats/json.ts';
import type { Report } from '../../formats/report.ts';
import { formatTable } from '../../formats/table.ts';
import { select } from '../../model/arrange.ts';
import type { Moment } from '../../model/column.ts';
import { withAverageCpu } from '../../model/cpu.ts';
import { formatClock } from '../../model/format.ts';
import { forecastSentences } from '../../model/growth/forecast-sentences.ts';
import { exhaustionOf } from '../../model/limits.ts';
import { Obituaries } from '../../model/oom/obituaries.ts';
import { filterAt, type Query } from '../../model/query/query.ts';
import { shapeWords } from '../../model/shape-words.ts';
import { shaped } from '../../model/shaped.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { type Row, Tracker } from '../../model/tracker.ts';
import { poll } from '../../sampling/poll.ts';
import type { Needs, Sampler } from '../../sampling/sampler.ts';
import { openSampler } from '../../sampling/samplers.ts';
import { protectFromOom, surviving } from '../../survival.ts';
import { type Plan, planOf } from './plan.ts';

/**
 * Prints what was asked for, as often as it was asked for. Settles with 0, with 1 when nothing matched in any of the
 * snapshots or a process asked for by its id is not there, or with 128 and the number of the signal that ended it.
 */
export async function print(request: Request, context: Context): Promise<number> {
  const { sampler: name, procRoot, survive } = request.settings;
  const opened = await openSampler(name, procRoot === undefined ? {} : { procRoot });
  const sampler = survive ? surviving(opened) : opened;
  const refusal = survive ? protectFromOom(context.platform) : undefined;
  if (refusal !== undefined) context.warn(refusal);
  try {
    return await context.untilSignal((signal) => printFrom(sampler, request, context, signal));
  } finally {
    sampler.close();
  }
}

/**
 * The same from a sampler that is open.
 *
 * @throws UserError when the filter is not understood
 */
export async function printFrom(
  sampler: Sampler,
  request: Request,
  context: Context,
  signal: AbortSignal,
): Promise<number> {
  const { settings } = request;
  const { query } = await openQuery(settings.filter);
  const plan = planOf(request, query);
  const printer = new Printer(request, plan, query, context);
  const plain = poll(sampler, { interval: () => settings.interval, needs: () => printer.needs, signal });
  for await (const snapshot of await enriched(plain, plan, context)) {
    await context.print(printer.next(snapshot));
    if (printer.printed >= plan.count || printer.isPointless) break;
  }
  const complaint = printer.complaint;
  if (complaint !== undefined) context.warn(complaint);
  return complaint === undefined ? 0 : 1;
}

/** With heaps, where a column wants them. */
async function enriched(
  snapshots: AsyncIterable<Snapshot>,
  { wants }: Plan,
  context: Context,
): Promise<AsyncIterable<Snapshot>> {
  if (!wants.heap && !wants.gc) return snapshots;
  const { withAgents } = await import('./with-agents.ts');
  return withAgents(snapshots, wants, context);
}

/** Turns snapshot after snapshot into text. */
class Printer {
  printed = 0;
  readonly #request: Request;
  readonly #plan: Plan;
  readonly #query: Query;
  readonly #context: Context;
  readonly #tracker = new Tracker();
  readonly #obituaries = new Obituaries();
  #missing: readonly number[] = [];
  #hasMatched = false;

  constructor(request: Request, plan: Plan, query: Query, context: Context) {
    this.#request = request;
    this.#plan = plan;
    this.#query = query;
    this.#context = context;
  }

  /** What is planned, swap while the machine swaps, and after a death that looks like a daemon's work what that says of it. */
  get needs(): Needs {
    const { needs } = this.#plan;
    const { in: back, out } = this.#tracker.swapRates ?? { in: 0, out: 0 };
    // What is swapped out is growth that RSS does not show.
    const measures = back + out > 0 ? new Set([...needs.measures, 'swap' as const]) : needs.measures;
    return { ...needs, measures, ...(this.#obituaries.suspectsDaemon && { daemonKills: true }) };
  }

  /** The text of one more snapshot. */
  next(sampled: Snapshot): string {
    const { settings } = this.#request;
    const tracked = withAverageCpu(this.#tracker.advance(sampled, settings.interval), sampled);
    const events = this.#obituaries.advance(sampled, tracked, this.#tracker.timeline);
    const snapshot = events.length === 0 ? sampled : { ...sampled, events };
    const isFirst = this.printed === 0;
    if (isFirst && settings.pids !== undefined) this.#missing = missingOf(settings.pids, tracked);
    const moment = {
      time: snapshot.time,
      uptime: snapshot.uptime,
      timeline: this.#tracker.timeline,
      memoryTotal: snapshot.system.total,
    };
    const kept = this.#select(tracked, snapshot, moment);
    this.#hasMatched ||= kept.length > 0;
    this.printed += 1;
    const { shape, order } = this.#plan;
    const shaping = { shape, order, moment, toggled: undefined, memory: snapshot.groups };
    const end = exhaustionOf(tracked, this.#tracker);
    const exhaustedIn = end?.forecast.middle;
    const forecast = end === undefined ? undefined : forecastSentences(end, snapshot.time).slice(0, 1);
    const table = shaped(tracked, kept, shaping);
    const { swapRates } = this.#tracker;
    const report = { snapshot, rows: table, moment, exhaustedIn, forecast, swapRates, wanted: settings.columns };
    return this.#format(report, isFirst);
  }

  /** True when every process that was asked for by its id was missing from the start: none can come back. */
  get isPointless(): boolean {
    const { pids } = this.#request.settings;
    return pids !== undefined && pids.size === this.#missing.length;
  }

  /** Why the answer is no; undefined when it is not. */
  get complaint(): string | undefined {
    if (this.#missing.length > 0) return noSuchProcess(this.#missing);
    if (this.#hasMatched || this.printed === 0) return undefined;
    return nothingMatches(this.#request);
  }

  /** Threads of the kernel are for other programs, and for who names them; a table would only grow longer by them. */
  #select(rows: readonly Row[], snapshot: Snapshot, moment: Moment): Row[] {
    const { filter, pids } = this.#request.settings;
    return select(rows, {
      filter: filterAt(this.#query, moment),
      named: this.#query.pids,
      pids,
      kernel: this.#plan.output !== 'table' || filter !== '',
      self: snapshot.observer?.pid,
    });
  }

  #format(report: Report, isFirst: boolean): string {
    const { output, columns, count } = this.#plan;
    switch (output) {
      case 'table': {
        if (count === 1 && report.rows.length === 0) return '';
        const { ascii, graph, thresholds } = this.#request.settings;
        const width = this.#context.terminalWidth();
        const note = shapeWords(this.#plan.shape, width ?? Number.POSITIVE_INFINITY);
        const style = { ascii, graph, width, note, thresholds };
        const clock = count === 1 ? '' : `${isFirst ? '' : '\n'}${formatClock(report.snapshot.time)}\n`;
        return clock + formatTable(report, columns, style);
      }
      case 'csv':
        return (isFirst ? formatCsvHeader(columns) : '') + formatCsv(report, columns);
      default:
        return formatJson(report);
    }
  }
}

function missingOf(pids: ReadonlySet<number>, rows: readonly Row[]): number[] {
  const present = new Set(rows.map((row) => row.process.who.pid));
  return [...pids].filter((pid) => !present.has(pid));
}
