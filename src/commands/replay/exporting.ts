// Writes a recording in a form for other programs.
import type { Context } from '../../cli/context.ts';
import { nothingMatches } from '../../cli/messages.ts';
import type { ExportForm, Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import { exportedColumns, type NumberColumn } from '../../formats/exports/metrics.ts';
import { OpenMetrics } from '../../formats/exports/openmetrics.ts';
import { PerfettoTrace } from '../../formats/exports/perfetto.ts';
import type { Report } from '../../formats/printout.ts';
import { select } from '../../model/arrangement/select-and-sort.ts';
import { Obituaries } from '../../model/oom/obituaries.ts';
import { filterAt, type Query } from '../../model/query/query.ts';
import { exhaustionOf } from '../../model/rows/exhaustion.ts';
import { Tracker } from '../../model/rows/tracker.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { counted } from '../../text/plural.ts';

/** A recording, and which of its samples are wanted. */
export interface Exported {
  readonly form: ExportForm;
  readonly request: Request;
  readonly query: Query;
  /** Samples to read; those before `from` are history, from which growth and CPU use are known. */
  readonly snapshots: Iterable<Snapshot>;
  readonly from: number;
}

/**
 * Prints the samples in the form. Settles with true when there was a sample and a process that matched.
 *
 * @throws UserError when none of the chosen columns is a number
 */
export async function exportTo(
  { form, request, query, snapshots, from }: Exported,
  context: Context,
): Promise<boolean> {
  const columns = exportedColumns(request.settings.columns);
  if (columns.length === 0) {
    throw new UserError('None of these columns is a number that can be charted.', 'Example: -c rss,swap,cpu');
  }
  const reports = new Reports(request, query);
  const most = request.count ?? Number.POSITIVE_INFINITY;
  const write = WRITERS[form](columns, context);
  let count = 0;
  let hasMatched = false;
  for (const snapshot of snapshots) {
    const report = reports.take(snapshot);
    if (snapshot.time < from) continue;
    hasMatched ||= report.rows.length > 0;
    await write.take(report);
    count += 1;
    if (count >= most) break;
  }
  await write.end();
  if (count > 0 && !hasMatched) context.warn(nothingMatches(request));
  return hasMatched;
}

/** Writes reports one after the other, and what ends them. */
interface Writer {
  take(report: Report): Promise<void>;
  end(): Promise<void>;
}

const WRITERS: Readonly<Record<ExportForm, (columns: readonly NumberColumn[], context: Context) => Writer>> = {
  perfetto(columns, { print }) {
    const trace = new PerfettoTrace(columns);
    return { take: (report) => print(trace.take(report)), end: () => print(trace.end()) };
  },
  openmetrics(columns, { print, warn }) {
    const metrics = new OpenMetrics(columns);
    return {
      take: async (report) => metrics.take(report),
      async end() {
        for (const text of metrics.texts()) await print(text);
        if (metrics.skipped === 0) return;
        warn(
          `${counted(metrics.skipped, 'sample')} left out: the clock was set back, and had shown these times before.`,
        );
      },
    };
  },
};

/** Reports of snapshot after snapshot, with the rows that the filter matches. */
class Reports {
  readonly #request: Request;
  readonly #query: Query;
  readonly #tracker = new Tracker();
  readonly #obituaries = new Obituaries();

  constructor(request: Request, query: Query) {
    this.#request = request;
    this.#query = query;
  }

  take(sampled: Snapshot): Report {
    const { pids, interval, filter: text } = this.#request.settings;
    const tracker = this.#tracker;
    const all = tracker.advance(sampled, interval);
    const { timeline, swapRates } = tracker;
    const events = this.#obituaries.advance(sampled, all, timeline);
    const snapshot = events.length === 0 ? sampled : { ...sampled, events };
    const { time, uptime, system } = snapshot;
    const moment = { time, uptime, timeline, memoryTotal: system.total };
    const filter = filterAt(this.#query, moment);
    const rows = select(all, { filter, named: this.#query.pids, pids, kernel: text !== '', self: undefined });
    const exhaustedIn = exhaustionOf(all, tracker, (rows) => rows)?.forecast.middle;
    return { snapshot, rows, moment, exhaustedIn, swapRates };
  }
}
