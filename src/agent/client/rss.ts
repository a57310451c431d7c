// RSS of one process from outside, as exactly as the kernel tells it.
import { parseRss } from '../../sampling/linux/status-details.ts';
import type { Processes } from './processes.ts';

/** Bytes; undefined once the process has ended, and where there is no /proc. */
export function rssOf(processes: Processes, pid: number): number | undefined {
  const status = processes.status(pid);
  return status === undefined ? undefined : parseRss(status);
}
