// `memtop record`: samples added to a file, or written to a pipe, until a signal ends it.
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import { openQuery } from '../../cli/open-query.ts';
import type { Request } from '../../cli/request.ts';
import { readKeep, readMaxSize } from '../../cli/values.ts';
import { whyNotWritten } from '../../errors/not-written.ts';
import { UserError } from '../../errors/user-error.ts';
import { select } from '../../model/arrangement/select-and-sort.ts';
import { filterAt, type Query } from '../../model/query/query.ts';
import { Tracker } from '../../model/rows/tracker.ts';
import type { Measure } from '../../model/snapshot/measure.ts';
import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { PipeRecorder } from '../../recording/pipe-recorder.ts';
import { type Limits, Recorder } from '../../recording/recorder.ts';
import { poll } from '../../sampling/poll.ts';
import { EVERY_ROW, type Needs, type Sampler } from '../../sampling/sampler/sampler.ts';
import { withSampler } from '../../sampling/samplers.ts';
import type { Settings } from '../../settings/settings.ts';
import { clean } from '../../text/clean.ts';
import { formatInterval, formatSize } from '../../text/format.ts';

/** What a recording has of every process, in addition to what is read of every process anyway. */
const MEASURES: readonly Measure[] = ['peak', 'swap', 'cgroup'];

/** Maximum length of a recorded command in bytes, and milliseconds to wait for reads that may not return. */
const COMMAND_LIMIT = 4096;
const READ_TIMEOUT = 300;

/** Where samples go. */
interface Destination {
  readonly written: number;
  readonly samples: number;
  add(snapshot: Snapshot): Promise<void>;
  close(): Promise<void>;
}

/**
 * Records until a signal ends it, or for as many samples as `-n` says. Settles with 0, or 128 and the number of the signal.
 *
 * @throws UserError without a file, and for one that must not be written or is not a recording
 */
export async function record(
  request: Request,
  context: Context,
  flags: ParsedWords['flags'],
  [path]: ParsedWords['words'],
): Promise<number> {
  if (path === undefined) throw new UserError('No file to record to.', 'Example: memtop record memory.rec -d 5s');
  if (path === '-' && context.outputIsTerminal) {
    throw new UserError('A recording is not text for a terminal.', 'Send it to a file or another program.');
  }
  const limits = limitsOf(flags);
  const { query } = await openQuery(request.settings.filter);
  return withSampler(request.settings, async (sampler) => {
    const destination = path === '-' ? new PipeRecorder(context) : opened(path, limits, context);
    return context.untilSignal((signal) => recordFrom(sampler, { request, context, query, path, destination, signal }));
  });
}

function limitsOf({ maxSize, keep }: ParsedWords['flags']): Limits {
  return {
    size: typeof maxSize === 'string' ? readMaxSize(maxSize) : undefined,
    age: typeof keep === 'string' ? readKeep(keep) : undefined,
  };
}

function opened(path: string, limits: Limits, context: Context): Destination {
  const recorder = writing(path, () => new Recorder(path, limits));
  if (recorder.hasMended)
    context.warn(`${path} ended early: its last whole sample is kept, and the recording goes on.`);
  return recorder;
}

function writing<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    return refuse(path, error, 'Choose another file.');
  }
}

/** @throws UserError where the file cannot be written, with the reason; and what else was thrown as it is */
function refuse(path: string, error: unknown, next: string): never {
  const reason = whyNotWritten(error);
  if (reason === undefined) throw error;
  throw new UserError(`Cannot write ${path}: ${reason}.`, next);
}

interface Recording {
  readonly request: Request;
  readonly context: Context;
  readonly query: Query;
  readonly path: string;
  readonly destination: Destination;
  readonly signal: AbortSignal;
}

/** Records from an open sampler, and closes the destination at the end. */
async function recordFrom(sampler: Sampler, recording: Recording): Promise<number> {
  const { request, context, query, path, destination, signal } = recording;
  const { settings, count = Number.POSITIVE_INFINITY } = request;
  const needs = needsOf(query);
  const choice = new Choice(settings, query);
  const begun = performance.now();
  try {
    for await (const snapshot of poll(sampler, { interval: () => settings.interval, needs: () => needs, signal })) {
      await destination
        .add(choice.of(snapshot))
        .catch((error: unknown) => refuse(path, error, 'What was recorded before is in the file.'));
      context.progress(progressOf(path, destination, performance.now() - begun));
      if (destination.samples >= count) break;
    }
  } finally {
    await destination.close();
    context.progress('');
  }
  return 0;
}

function needsOf(query: Query): Needs {
  const measures = new Set([...MEASURES, ...query.measures]);
  return { ...EVERY_ROW, measures, everyMeasure: true, commandLimit: COMMAND_LIMIT, timeout: READ_TIMEOUT };
}

function progressOf(path: string, { written, samples }: Destination, elapsed: number): string {
  const perDay = elapsed > 0 ? formatSize((written / elapsed) * 86_400_000) : '?';
  const counted = samples === 1 ? '1 sample' : `${samples} samples`;
  return `${clean(path)}: ${formatInterval(Math.round(elapsed / 1000) * 1000)}, ${counted}, ${formatSize(written)} (${perDay} a day)`;
}

/** The processes that a filter chooses, snapshot after snapshot. */
class Choice {
  readonly #settings: Settings;
  readonly #query: Query;
  readonly #tracker = new Tracker();

  constructor(settings: Settings, query: Query) {
    this.#settings = settings;
    this.#query = query;
  }

  of(snapshot: Snapshot): Snapshot {
    const { filter, pids, interval } = this.#settings;
    if (filter === '' && pids === undefined) return snapshot;
    const rows = this.#tracker.advance(snapshot, interval);
    const moment = { time: snapshot.time, uptime: snapshot.uptime, timeline: this.#tracker.timeline };
    const selected = select(rows, {
      filter: filterAt(this.#query, moment),
      named: this.#query.pids,
      pids,
      kernel: true,
      self: snapshot.observer?.pid,
    });
    return { ...snapshot, processes: selected.map(({ process }) => process) };
  }
}
