// Debuggers that a killed memtop left open, found by its records, which any later memtop of the same user can read.
import type { Processes } from '../../agent/client/finding/processes.ts';
import { inspectorCandidates } from './listeners.ts';
import type { Traces } from './traces.ts';

/**
 * The processes whose inspector a memtop of this user opened and did not see closed, with no `memtop-attach` at work on
 * them, and with a socket that may be an inspector's. Nothing is connected to: what `memtop doctor` lists is proved to be one.
 */
export function leftOpen(processes: Processes, traces: Traces): number[] {
  return traces
    .all()
    .filter((one) => traces.makerOf(one) === undefined && inspectorCandidates(processes, one.pid).length > 0)
    .map(({ pid }) => pid);
}

/** The notice about them on the screen: one line with the command to run; undefined when there are none. */
export function leftOpenNotice(pids: readonly number[]): string | undefined {
  const [first] = pids;
  if (first === undefined) return undefined;
  return pids.length === 1
    ? `A killed memtop left a debugger open. Close it: memtop collect --attach ${first}`
    : `Killed memtops left ${pids.length} debuggers open. List them: memtop doctor`;
}
