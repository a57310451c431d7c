// Kernel files in /proc and /sys that accept a value.
import { closeSync, constants, openSync, writeSync } from 'node:fs';

/**
 * Writes a value into an existing file, such as /proc/self/oom_score_adj (proc_pid_oom_score_adj(5)).
 *
 * @throws Error with a code, as open(2) and write(2) have them
 */
export function writeKernelFile(path: string, value: string): void {
  const descriptor = openSync(path, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    writeSync(descriptor, value);
  } finally {
    closeSync(descriptor);
  }
}
