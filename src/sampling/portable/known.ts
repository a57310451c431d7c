// What the portable sampler remembers between samples, so that what did not change is the same object again.
import { WOBBLE } from '../../model/rows/age.ts';
import type { Identity, Process } from '../../model/snapshot/snapshot.ts';
import type { JoinedProcess } from './join.ts';

interface Known {
  readonly process: Process;
  readonly readAt: number;
}

export class KnownProcesses {
  #known = new Map<number, Known>();

  /** The processes of a sample taken at `now` (monotonic milliseconds), shared with those of the one before. */
  update(readings: readonly JoinedProcess[], now: number): Process[] {
    const next = new Map<number, Known>();
    for (const reading of readings) {
      next.set(reading.who.pid, { process: reused(this.#known.get(reading.who.pid), reading, now), readAt: now });
    }
    this.#known = next;
    return [...next.values()].map(({ process }) => process);
  }
}

function reused(known: Known | undefined, reading: JoinedProcess, now: number): Process {
  if (known === undefined || isAnother(known.process.who, reading.who)) return { ...reading };
  const before = known.process;
  const who = reusedIdentity(before.who, reading.who);
  const same =
    before.who === who &&
    before.rss === reading.rss &&
    before.virtual === reading.virtual &&
    before.state === reading.state;
  return same ? before : { ...reading, who, sinceLastRead: now - known.readAt };
}

function isAnother(before: Identity, after: Identity): boolean {
  return Math.abs(before.startTime - after.startTime) > WOBBLE;
}

/** The first reported start time stays. */
function reusedIdentity(before: Identity, after: Identity): Identity {
  const same =
    before.ppid === after.ppid &&
    before.name === after.name &&
    before.command === after.command &&
    before.user === after.user;
  if (same) return before;
  const { startTime, startedAt } = before;
  return { ...after, startTime, ...(startedAt !== undefined && { startedAt }) };
}
