// Checks one process right before and after a signal: is it still the intended one, and in what state.
import { Processes } from '../agent/client/finding/processes.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';

/** The process that has a PID now. */
export interface Seen {
  /** In the unit of the snapshots that the pid was taken from. */
  readonly startTime: number;
  /** One letter as in proc_pid_stat(5); undefined where it is unknown. */
  readonly state: string | undefined;
}

/** Returns the process with a PID; undefined when there is none. */
export type ProcessLookup = (pid: number) => Seen | undefined | Promise<Seen | undefined>;

/** Straight from /proc/PID/stat: a few microseconds, no pause before the signal that follows. */
export function procLookup(processes: Pick<Processes, 'find'> = new Processes()): ProcessLookup {
  return (pid) => processes.find(pid);
}

/** Milliseconds for which a listing is reused. */
const FRESH = 300;

/** From a fresh listing of all processes: for systems without /proc, or snapshots in another time unit. */
export function listingLookup(list: () => Promise<Snapshot>): ProcessLookup {
  let request: Promise<Listed> | undefined;
  let newest: Listed | undefined;
  return async (pid) => {
    if (newest !== undefined && performance.now() - newest.at <= FRESH) return newest.seen.get(pid);
    // Calls in the meantime wait for the same listing.
    request ??= seenIn(list).finally(() => {
      request = undefined;
    });
    newest = await request;
    return newest.seen.get(pid);
  };
}

interface Listed {
  /** When it was started, by the monotonic clock. */
  readonly at: number;
  readonly seen: ReadonlyMap<number, Seen>;
}

async function seenIn(list: () => Promise<Snapshot>): Promise<Listed> {
  const at = performance.now();
  const { processes } = await list();
  return { at, seen: new Map(processes.map(({ who, state }) => [who.pid, { startTime: who.startTime, state }])) };
}
