// The note that an agent leaves for the `memtop run` that follows its program: a file `<pid>.json`, written when the program exits.
import type { CollectResult } from './collect.ts';
import type { GcTallies } from './stats.ts';

/** The variable that names the folder for notes, in the environment of a program that is followed. */
export const NOTES_VARIABLE = 'MEMTOP_RUN';
/** The variable that requests a last collection in the program. */
export const LAST_COLLECT_VARIABLE = 'MEMTOP_RUN_COLLECT';

/** Milliseconds that a last collection may take. */
export const LAST_COLLECT_TIME = 2000;

/** As /proc/self/status has it, in bytes. */
export interface NotedMemory {
  readonly rss: number;
  /** RssAnon and VmSwap. */
  readonly anonymous?: number;
  /** VmHWM. */
  readonly peak?: number;
}

export interface ExitNote {
  readonly runtime: 'node' | 'python';
  /** starttime, field 22 of /proc/self/stat: whose note it is, also where the pid was another process's before. */
  readonly start?: number;
  /** Right before the program exited. Absent while it runs. */
  readonly memory?: NotedMemory;
  /** Collections since the program began; absent where they could not be counted. */
  readonly gc?: GcTallies;
  /** The last collection, with the memory before and after it. */
  readonly collect?: CollectResult;
  readonly memoryAfter?: NotedMemory;
}
