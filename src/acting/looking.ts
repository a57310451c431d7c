// Looks at one process right before and after a signal: is it still the one that was meant, and in what state.
import { Processes } from '../agent/client/finding/processes.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';

/** What is under a pid now. */
export interface Seen {
  /** In the unit of the snapshots that the pid was taken from. */
  readonly startTime: number;
  /** One letter as in proc_pid_stat(5); undefined where nobody can say. */
  readonly state: string | undefined;
}

/** Tells what is under a pid; undefined when nothing is. */
export type ProcessLookup = (pid: number) => Seen | undefined | Promise<Seen | undefined>;

/** Straight from /proc/PID/stat: a few microseconds, no pause before the signal that follows. */
export function lookInProc(processes: Pick<Processes, 'look'> = new Processes()): ProcessLookup {
  return (pid) => processes.look(pid);
}

/** A listing so old in milliseconds is not asked again. */
const FRESH = 300;

/** From a listing of all processes, made anew: where there is no /proc, or its ticks are not what was sampled. */
export function lookInListing(list: () => Promise<Snapshot>): ProcessLookup {
  let asked: Promise<Listed> | undefined;
  let newest: Listed | undefined;
  return async (pid) => {
    if (newest !== undefined && performance.now() - newest.at <= FRESH) return newest.seen.get(pid);
    // Whoever asks meanwhile waits for the same listing.
    asked ??= seenIn(list).finally(() => {
      asked = undefined;
    });
    newest = await asked;
    return newest.seen.get(pid);
  };
}

interface Listed {
  /** When it was begun, by the clock that never jumps. */
  readonly at: number;
  readonly seen: ReadonlyMap<number, Seen>;
}

async function seenIn(list: () => Promise<Snapshot>): Promise<Listed> {
  const at = performance.now();
  const { processes } = await list();
  return { at, seen: new Map(processes.map(({ who, state }) => [who.pid, { startTime: who.startTime, state }])) };
}
