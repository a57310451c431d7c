// A recording as a trace that ui.perfetto.dev and chrome://tracing open: JSON of Chrome's Trace Event Format, with a
// counter for each number and instant events for starts, ends and OOM kills.
import type { Kill } from '../../model/snapshot/oom-kill.ts';
import type { Identity, Snapshot } from '../../model/snapshot/snapshot.ts';
import { escapeUnprintable } from '../../text/clean.ts';
import { formatInterval } from '../../text/format.ts';
import type { Report } from '../printout.ts';
import { isoTime } from '../time.ts';
import { machineNumbers, type NumberColumn } from './metrics.ts';
import { SteadyClock } from './steady-clock.ts';
import { type NumberKind, UNITS } from './units.ts';

/** The pid that stands for the machine in a trace: Perfetto hides 0, and reads pids as 32 bits. */
const MACHINE = 4_294_967_000;

/** Added to a pid that another process had before: a trace knows no start times. Linux has pids up to 2^22. */
const REUSED = 10_000_000;

const BEGIN = '{"displayTimeUnit":"ms","traceEvents":[\n';

/** A process in the trace. */
interface Track {
  /** Its pid in the trace. */
  readonly id: number;
  who: Identity;
  /** The value of each column that was written last. */
  readonly values: (number | undefined)[];
  peak: number;
}

/** Where an event belongs: the pid in the trace, and milliseconds since the epoch. */
interface Place {
  readonly id: number;
  readonly time: number;
}

/** Writes sample after sample. Counters are written when they change: they keep their value until then. */
export class PerfettoTrace {
  readonly #columns: readonly NumberColumn[];
  readonly #clock = new SteadyClock();
  readonly #tracks = new Map<string, Track>();
  readonly #ids = new Set<number>([MACHINE]);
  readonly #machine = new Map<string, number>();
  #present: ReadonlyMap<string, Track> = new Map();
  #before: Snapshot | undefined;
  #hasEvent = false;

  constructor(columns: readonly NumberColumn[]) {
    this.#columns = columns;
  }

  /** The text of a sample, which follows those of the samples before it. */
  take(report: Report): string {
    const { snapshot } = report;
    const setBack = this.#clock.advance(snapshot);
    const place = { id: MACHINE, time: snapshot.time + this.#clock.shift };
    const events: object[] = [];
    if (this.#before === undefined) events.push(nameOf(MACHINE, snapshot.host.name), sortIndex(MACHINE, -1));
    if (setBack > 0) events.push(instant('g', place, `Clock set back by ${formatInterval(Math.round(setBack))}`));
    for (const { name, kind, value } of machineNumbers(report)) {
      if (this.#machine.get(name) === value) continue;
      this.#machine.set(name, value);
      events.push(counter(place, name, kind, value));
    }
    events.push(...this.#processes(report, place.time));
    for (const kill of snapshot.events ?? []) events.push(killOf(kill, kill.time + this.#clock.shift));
    this.#before = snapshot;
    return this.#text(events);
  }

  /** The end of the trace: the order of the processes in it, those with the largest peak first. */
  end(): string {
    const tracks = [...this.#tracks.values()].sort((one, other) => other.peak - one.peak);
    const order = this.#text(tracks.map(({ id }, index) => sortIndex(id, index)));
    return `${order}${this.#hasEvent ? '' : BEGIN}\n]}\n`;
  }

  #processes({ rows, moment, snapshot }: Report, time: number): object[] {
    const events: object[] = [];
    const present = new Map<string, Track>();
    for (const row of rows) {
      const { who, rss } = row.process;
      const track = this.#tracks.get(keyOf(who)) ?? this.#begin(who, time, events);
      present.set(keyOf(who), track);
      track.peak = Math.max(track.peak, rss);
      // A program that runs another one (execve(2)) stays the same process.
      if (track.who.name !== who.name) events.push(nameOf(track.id, titleOf(who)));
      track.who = who;
      for (const [index, column] of this.#columns.entries()) {
        const value = column.value(row, moment);
        // What was never more than 0 needs no counter: swap of most processes.
        if (value === undefined || value === (track.values[index] ?? 0)) continue;
        track.values[index] = value;
        events.push(counter({ id: track.id, time }, column.title, column.kind, value));
      }
    }
    for (const [key, track] of this.#present) {
      if (!present.has(key) && !isIn(snapshot, track.who)) events.push(...this.#endOf(track, time));
    }
    this.#present = present;
    return events;
  }

  #begin(who: Identity, time: number, events: object[]): Track {
    let id = who.pid;
    while (this.#ids.has(id)) id += REUSED;
    this.#ids.add(id);
    const track = { id, who, values: [], peak: 0 };
    this.#tracks.set(keyOf(who), track);
    events.push(nameOf(id, titleOf(who)));
    const isNew = this.#before !== undefined && !isIn(this.#before, who);
    if (isNew) events.push(instant('p', { id, time }, 'started', { command: who.command, user: who.user }));
    return track;
  }

  /** Its numbers become 0: without that they would go on to the end of the trace. */
  #endOf({ id, values }: Track, time: number): object[] {
    const zeros = this.#columns
      .filter((_, index) => (values[index] ?? 0) !== 0)
      .map(({ title, kind }) => counter({ id, time }, title, kind, 0));
    values.length = 0;
    return [...zeros, instant('p', { id, time }, 'ended')];
  }

  #text(events: readonly object[]): string {
    if (events.length === 0) return '';
    const lines = events.map((event) => escapeUnprintable(JSON.stringify(event))).join(',\n');
    const text = `${this.#hasEvent ? ',\n' : BEGIN}${lines}`;
    this.#hasEvent = true;
    return text;
  }
}

function keyOf({ pid, startTime }: Identity): string {
  return `${pid} ${startTime}`;
}

function isIn({ processes }: Snapshot, { pid, startTime }: Identity): boolean {
  return processes.some(({ who }) => who.pid === pid && who.startTime === startTime);
}

function titleOf({ name, pid }: Identity): string {
  return `${name} (${pid})`;
}

function counter({ id, time }: Place, name: string, kind: NumberKind, value: number): object {
  return { ph: 'C', pid: id, ts: microseconds(time), name, args: { [UNITS[kind].plain]: value } };
}

/** An event of the whole trace (`g`) or of a process (`p`). */
function instant(scope: 'g' | 'p', { id, time }: Place, name: string, args: object = {}): object {
  return { ph: 'i', s: scope, pid: id, tid: id, ts: microseconds(time), name, args };
}

function nameOf(id: number, name: string): object {
  return { ph: 'M', pid: id, name: 'process_name', args: { name } };
}

function sortIndex(id: number, index: number): object {
  return { ph: 'M', pid: id, name: 'process_sort_index', args: { sort_index: index } };
}

function killOf({ name = 'unknown', pid, time: at, ...rest }: Kill, time: number): object {
  const title = `OOM kill: ${name}${pid === undefined ? '' : ` (${pid})`}`;
  return instant('g', { id: MACHINE, time }, title, { pid, time: isoTime(at), ...rest });
}

function microseconds(time: number): number {
  return Math.round(time * 1000);
}
