// /proc/PID/cmdline: the arguments, each ended by a NUL, as the program left them (proc_pid_cmdline(5)).
import { existing } from '../../../numbers/existing.ts';

/**
 * The arguments joined by spaces. Programs that write a title of their own leave NULs and blanks at the end, which go.
 * A character that the limit cut in two is dropped; other invalid UTF-8 becomes U+FFFD.
 */
export function parseCmdline(bytes: Buffer, length: number, limit: number): string {
  let end = length < limit ? length : wholeCharacters(bytes, length);
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 32)) end--;
  for (let at = bytes.indexOf(0); at !== -1 && at < end; at = bytes.indexOf(0, at + 1)) bytes[at] = 32;
  return bytes.toString('utf8', 0, end);
}

/** The length without an unfinished UTF-8 sequence at its end. */
function wholeCharacters(bytes: Buffer, length: number): number {
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = existing(bytes[length - back]);
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return size > back ? length - back : length;
  }
  return length;
}
