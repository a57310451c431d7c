// The memory of one process from outside, as exactly as the kernel reports it (proc_pid_status(5)).
import { parseMemoryParts, parseRss } from '../../sampling/linux/proc/status.ts';
import type { Processes } from './finding/processes.ts';

/** In bytes. What the kernel does not report (parts of RSS before Linux 4.5) is absent. */
export interface Memory {
  readonly rss: number;
  /** RssAnon plus VmSwap: swapped-out anonymous memory still belongs to the program. */
  readonly anonymous?: number;
  /** The highest RSS so far (VmHWM). */
  readonly peak?: number;
}

/** Undefined once the process has exited, and where there is no /proc. */
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
