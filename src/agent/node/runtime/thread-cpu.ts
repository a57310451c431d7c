// The CPU time of this thread: on a busy machine it waits for much longer than it works.
import { milliseconds } from './time.ts';

/**
 * Milliseconds of CPU of this very thread (/proc/thread-self/schedstat, Documentation/scheduler/sched-stats.rst); wall-clock
 * time where the kernel does not report it.
 */
export function threadMilliseconds(): number {
  const { readFileSync } = require('node:fs') as typeof import('node:fs');
  try {
    const nanoseconds = Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]);
    return nanoseconds > 0 ? nanoseconds / 1e6 : milliseconds();
  } catch {
    return milliseconds();
  }
}
