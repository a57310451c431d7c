// /proc/PID/statm: the resident pages of a process, exact where stat has an estimate (proc_pid_statm(5)).
import { existing } from '../../../numbers/existing.ts';

/**
 * The second number, resident pages, from the first `length` bytes. Since Linux 6.16 the kernel adds up the counters of
 * all CPUs for it (task_statm() in fs/proc/task_mmu.c); it takes no lock of the process.
 *
 * @returns undefined when the line is cut off or not of this shape.
 */
export function parseStatm(bytes: Uint8Array, length: number): number | undefined {
  const afterSize = numberEnd(bytes, 0, length);
  if (afterSize === undefined) return undefined;
  const end = numberEnd(bytes, afterSize + 1, length);
  if (end === undefined) return undefined;
  let pages = 0;
  for (let at = afterSize + 1; at < end; at += 1) pages = pages * 10 + existing(bytes[at]) - 48;
  return Number.isSafeInteger(pages) ? pages : undefined;
}

/** Where the digits that begin at `from` end in a blank; undefined where they do not. */
function numberEnd(bytes: Uint8Array, from: number, length: number): number | undefined {
  let at = from;
  while (at < length && existing(bytes[at]) >= 48 && existing(bytes[at]) <= 57) at += 1;
  return at > from && at < length && bytes[at] === 32 ? at : undefined;
}
