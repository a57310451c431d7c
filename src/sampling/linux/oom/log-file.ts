// The kernel's lines in a plain syslog file. Any program may write there, so its text is marked as unconfirmed.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type LogLine, logLine } from './log-prefix.ts';

export const LOG_FILES: readonly string[] = ['/var/log/kern.log', '/var/log/syslog', '/var/log/messages'];

/** The end of the file that is read: an OOM report of a machine with many processes has some 20 KiB. */
const TAIL = 256 * 1024;

/** The kernel's lines in the end of the first of these files that can be read; undefined where none can. */
export function readLogFile(now: number, files: readonly string[] = LOG_FILES): LogLine[] | undefined {
  for (const file of files) {
    const text = tailOf(file);
    if (text !== undefined) return parseLog(text, now);
  }
  return undefined;
}

/** The kernel's lines in the text of a log file; `now` gives the year for time stamps without one. */
export function parseLog(text: string, now: number): LogLine[] {
  return text.split('\n').flatMap((line) => logLine(line, now) ?? []);
}

function tailOf(file: string): string | undefined {
  let descriptor = -1;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    const facts = fstatSync(descriptor);
    if (!facts.isFile()) return undefined;
    const bytes = Buffer.allocUnsafe(Math.min(TAIL, facts.size));
    const length = readSync(descriptor, bytes, 0, bytes.length, facts.size - bytes.length);
    return bytes.toString('utf8', 0, length);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== -1) closeSync(descriptor);
  }
}
