// Finds what is worth going back to in snapshot after snapshot: OOM kills, large processes that start or exit, set clocks.
import { clean } from '../../text/clean.ts';
import { formatSize } from '../../text/format.ts';
import { Label } from '../rows/label.ts';
import type { Kill } from '../snapshot/oom-kill.ts';
import type { Process, Snapshot } from '../snapshot/snapshot.ts';
import type { RecordedEvent } from './recorded.ts';

/** A process of this fraction of the machine's memory is large, and at least of this many bytes. */
const LARGE = { fraction: 0.025, least: 32 * 2 ** 20 };
/** A process that takes longer than this to become large did not start so: milliseconds. */
const BECOMES_LARGE_WITHIN = 60_000;
/** Clocks that are set by others (NTP) are moved by less than this between two samples; in milliseconds. */
const NOTABLE_JUMP = 2000;

/** A process that began while memtop watched, until it is large or too old. */
interface Young {
  readonly startTime: number;
  /** When it was first seen: in milliseconds since the epoch and monotonic. */
  readonly time: number;
  readonly monotonic: number;
}

/** Takes snapshot after snapshot. A tick in which nothing moves costs next to nothing. */
export class Notable {
  #before: Snapshot | undefined;
  readonly #young = new Map<number, Young>();

  /** The events since the snapshot before. Those of processes that started earlier and are large now have the time of their start. */
  advance(snapshot: Snapshot): RecordedEvent[] {
    const before = this.#before;
    this.#before = snapshot;
    const { time } = snapshot;
    const kills = (snapshot.events ?? []).map(
      (kill): RecordedEvent => ({ time, kind: 'oom-kill', text: killed(kill), kill }),
    );
    if (before === undefined) return kills;
    const jump = time - before.time - (snapshot.monotonic - before.monotonic);
    const clock: RecordedEvent[] =
      Math.abs(jump) < NOTABLE_JUMP
        ? []
        : [{ time, kind: 'clock', text: jump < 0 ? 'The clock was set back' : 'The clock was set forward' }];
    return [...kills, ...clock, ...this.#lives(before, snapshot)];
  }

  /** Both lists are in the order of pids; where they are not, births and exits are found all the same, though later. */
  #lives(before: Snapshot, now: Snapshot): RecordedEvent[] {
    const large = Math.max(LARGE.least, (now.system.total ?? 0) * LARGE.fraction);
    const events: RecordedEvent[] = [];
    let at = 0;
    for (const process of now.processes) {
      for (; pidAt(before, at) < process.who.pid; at += 1) this.#exited(before.processes[at], now, large, events);
      const earlier = before.processes[at];
      if (earlier === process) {
        at += 1;
        continue;
      }
      if (earlier?.who.pid === process.who.pid) at += 1;
      if (earlier?.who.pid !== process.who.pid || earlier.who.startTime !== process.who.startTime) {
        if (earlier?.who.pid === process.who.pid) this.#exited(earlier, now, large, events);
        const { startTime } = process.who;
        this.#young.set(process.who.pid, { startTime, time: now.time, monotonic: now.monotonic });
      }
      if (isZombie(process) && earlier !== undefined && !isZombie(earlier)) this.#exited(earlier, now, large, events);
      this.#grown(process, now, large, events);
    }
    this.#forgetOld(now);
    for (; at < before.processes.length; at += 1) this.#exited(before.processes[at], now, large, events);
    return events;
  }

  #grown(process: Process, { monotonic }: Snapshot, large: number, events: RecordedEvent[]): void {
    if (this.#young.size === 0) return;
    const { pid, startTime } = process.who;
    const young = this.#young.get(pid);
    if (young === undefined) return;
    const isOld = young.startTime !== startTime || monotonic - young.monotonic > BECOMES_LARGE_WITHIN;
    if (isOld) this.#young.delete(pid);
    if (isOld || process.rss < large) return;
    this.#young.delete(pid);
    events.push({
      time: young.time,
      kind: 'started',
      text: `${nameOf(process)} started, ${formatSize(process.rss)} soon after`,
    });
  }

  #forgetOld({ monotonic }: Snapshot): void {
    for (const [pid, young] of this.#young) {
      if (monotonic - young.monotonic <= BECOMES_LARGE_WITHIN) return;
      this.#young.delete(pid);
    }
  }

  #exited(process: Process | undefined, { time }: Snapshot, large: number, events: RecordedEvent[]): void {
    if (process === undefined) return;
    this.#young.delete(process.who.pid);
    if (process.rss < large) return;
    events.push({ time, kind: 'exited', text: `${nameOf(process)} exited, it had ${formatSize(process.rss)}` });
  }
}

/** Its memory is gone already, and it may stay for long (proc_pid_stat(5), state). */
function isZombie({ state }: Process): boolean {
  return state === 'Z';
}

function pidAt({ processes }: Snapshot, index: number): number {
  return processes[index]?.who.pid ?? Number.POSITIVE_INFINITY;
}

function nameOf({ who }: Process): string {
  return `${new Label(who).program} (${who.pid})`;
}

function killed({ name, pid, by }: Kill): string {
  const which = name === undefined ? 'a process' : clean(name);
  return `OOM kill: ${which}${pid === undefined ? '' : ` (${pid})`}${by === 'kernel' ? '' : `, by ${by}`}`;
}
