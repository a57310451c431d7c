// The memory of one process from outside, as exactly as the kernel says (proc_pid_status(5)).
import { parseMemoryParts, parseRss } from '../../sampling/linux/proc/status.ts';
import type { Processes } from './finding/processes.ts';

/** In bytes. What the kernel does not say (parts of RSS before Linux 4.5) is absent. */
export interface Memory {
  readonly rss: number;
  /** RssAnon and VmSwap: anonymous memory is no less the program's when it is swapped out. */
  readonly anonymous?: number;
  /** The highest RSS so far (VmHWM). */
  readonly peak?: number;
}

/** Undefined once the process has ended, and where there is no /proc. */
export function memoryOf(processes: Processes, pid: number): Memory | undefined {
  const status = processes.status(pid);
  const rss = status === undefined ? undefined : parseRss(status);
  if (status === undefined || rss === undefined) return undefined;
  const { anonymous, swap = 0, peak } = parseMemoryParts(status);
  return {
    rss,
    ...(anonymous !== undefined && { anonymous: anonymous + swap }),
    ...(peak !== undefined && { peak }),
  };
}
