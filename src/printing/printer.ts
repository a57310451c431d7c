// Prints snapshots: rows and a moment made of each, and the text of the chosen form.
import type { Context } from '../cli/context.ts';
import { noSuchProcess, nothingMatches, unknownColumns } from '../cli/messages.ts';
import type { Request } from '../cli/request.ts';
import { formatCsv, formatCsvHeader } from '../formats/csv.ts';
import { formatJson } from '../formats/json.ts';
import type { Report } from '../formats/printout.ts';
import { formatTable } from '../formats/table.ts';
import { arrange } from '../model/arrangement/arrangement.ts';
import { arrangementNote } from '../model/arrangement/note.ts';
import { select } from '../model/arrangement/select-and-sort.ts';
import type { Moment } from '../model/columns/column.ts';
import { Obituaries } from '../model/oom/obituaries.ts';
import { filterAt, type Query } from '../model/query/query.ts';
import { withAverageCpu } from '../model/rows/average-cpu.ts';
import { exhaustionOf } from '../model/rows/exhaustion.ts';
import { forecastSentences } from '../model/rows/forecast-sentences.ts';
import type { Row } from '../model/rows/row.ts';
import { Tracker } from '../model/rows/tracker.ts';
import type { Kill } from '../model/snapshot/oom-kill.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Needs } from '../sampling/sampler/sampler.ts';
import { formatClock } from '../text/format.ts';
import type { Plan } from './plan.ts';

/** Turns snapshot after snapshot into text. */
export class Printer {
  printed = 0;
  readonly #request: Request;
  readonly #plan: Plan;
  readonly #query: Query;
  readonly #context: Context;
  readonly #tracker = new Tracker();
  readonly #obituaries = new Obituaries();
  readonly #events: Kill[] = [];
  #taken: { readonly snapshot: Snapshot; readonly rows: readonly Row[] } | undefined;
  #missing: readonly number[] = [];
  #hasMatched = false;

  constructor(request: Request, plan: Plan, query: Query, context: Context) {
    this.#request = request;
    this.#plan = plan;
    this.#query = query;
    this.#context = context;
  }

  /** The planned needs, and those that follow from what was sampled so far. */
  get needs(): Needs {
    return this.#withWhatFollows(this.#plan.needs);
  }

  /** The same for a sample that is not printed. */
  get needsBetween(): Needs {
    return this.#withWhatFollows(this.#plan.needsBetween);
  }

  /** Swap while the machine swaps, and after an exit that looks like a daemon's kill the daemon's log. */
  #withWhatFollows(needs: Needs): Needs {
    const { in: back, out } = this.#tracker.swapRates ?? { in: 0, out: 0 };
    // What is swapped out is growth that RSS does not show.
    const measures = back + out > 0 ? new Set([...needs.measures, 'swap' as const]) : needs.measures;
    return { ...needs, measures, ...(this.#obituaries.suspectsDaemon && { daemonKills: true }) };
  }

  /** Takes one more snapshot. */
  take(snapshot: Snapshot): void {
    const { settings } = this.#request;
    const rows = withAverageCpu(this.#tracker.advance(snapshot, settings.interval), snapshot);
    const events = this.#obituaries.advance(snapshot, rows, this.#tracker.timeline);
    if (this.#taken === undefined && settings.pids !== undefined) this.#missing = missingOf(settings.pids, rows);
    this.#taken = { snapshot, rows };
    this.#events.push(...events);
  }

  /** The text of the newest snapshot, with what happened since the one printed before. */
  text(): string {
    if (this.#taken === undefined) return '';
    const { snapshot: sampled, rows: tracked } = this.#taken;
    const events = this.#events.splice(0);
    const snapshot = events.length === 0 ? sampled : { ...sampled, events };
    const isFirst = this.printed === 0;
    const moment = {
      time: snapshot.time,
      uptime: snapshot.uptime,
      timeline: this.#tracker.timeline,
      memoryTotal: snapshot.system.total,
    };
    const selected = this.#select(tracked, snapshot, moment);
    this.#hasMatched ||= selected.length > 0;
    this.printed += 1;
    const { arrangement, order, wanted } = this.#plan;
    const options = { arrangement, order, moment, toggled: undefined, memory: snapshot.groups };
    const end = exhaustionOf(tracked, this.#tracker, (rows) => rows);
    const exhaustedIn = end?.forecast.middle;
    const forecast = end === undefined ? undefined : forecastSentences(end, snapshot.time).slice(0, 1);
    const table = arrange(tracked, selected, options);
    const { swapRates } = this.#tracker;
    return this.#format({ snapshot, rows: table, moment, exhaustedIn, forecast, swapRates, wanted }, isFirst);
  }

  /** True when every process given by its PID was missing from the start: none can come back. */
  get isPointless(): boolean {
    const { pids } = this.#request.settings;
    return pids !== undefined && pids.size === this.#missing.length;
  }

  /** Why the result is negative; undefined when it is not. */
  get complaint(): string | undefined {
    if (this.#missing.length > 0) return noSuchProcess(this.#missing);
    if (this.#hasMatched || this.printed === 0) return undefined;
    return nothingMatches(this.#request);
  }

  /** Kernel threads are for other programs, or when named in a filter; in a table they would only be noise. */
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
    const { output, columns, count, sampling } = this.#plan;
    switch (output) {
      case 'table': {
        if (count === 1 && report.rows.length === 0) return '';
        const { ascii, graph, thresholds } = this.#request.settings;
        const width = this.#context.terminalWidth();
        const note = arrangementNote(this.#plan.arrangement, width ?? Number.POSITIVE_INFINITY);
        const remark = unknownColumns(columns, sampling, this.#request);
        const style = { ascii, graph, width, note, remark, thresholds };
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
