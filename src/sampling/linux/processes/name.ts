// The kernel's name of a process, compared in place: it hardly ever changes, and a string costs more than the rest.
import { existing } from '../../../numbers/existing.ts';

/** Whether the bytes spell this name. */
export function isNamed(name: string, bytes: Buffer, start: number, end: number): boolean {
  if (name.length !== end - start) return !isPlain(name) && processNameOf(bytes, start, end) === name;
  for (let at = start; at < end; at++) {
    const byte = existing(bytes[at]);
    if (byte > 127) return processNameOf(bytes, start, end) === name;
    if (byte !== name.charCodeAt(at - start)) return false;
  }
  return true;
}

/** Invalid UTF-8 becomes U+FFFD; nothing else is changed. */
export function processNameOf(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end);
}

function isPlain(name: string): boolean {
  for (let at = 0; at < name.length; at++) if (name.charCodeAt(at) > 127) return false;
  return true;
}
