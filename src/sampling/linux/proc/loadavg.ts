// /proc/loadavg: its last number is the most recently allocated PID, threads included (proc_loadavg(5)).
import { existing } from '../../../numbers/existing.ts';

/** The pid or thread id given out last in the reader's pid namespace; undefined when the text has none. */
export function parseLastPid(bytes: Uint8Array, length: number): number | undefined {
  let at = length - 1;
  while (at >= 0 && existing(bytes[at]) <= 32) at--;
  let value = 0;
  let weight = 1;
  for (; at >= 0; at--, weight *= 10) {
    const digit = existing(bytes[at]) - 48;
    if (digit < 0 || digit > 9) break;
    value += digit * weight;
  }
  return at >= 0 && bytes[at] === 32 && value > 0 ? value : undefined;
}
