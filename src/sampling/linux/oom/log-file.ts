// The kernel's lines in a plain syslog file. Anyone may write there, so what it says is quoted, never vouched for.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

export const LOG_FILES: readonly string[] = ['/var/log/kern.log', '/var/log/syslog', '/var/log/messages'];

/** The end of the file that is read: an OOM report of a machine with many processes has some 20 KiB. */
const TAIL = 256 * 1024;

export interface LogLine {
  /** Milliseconds since the epoch; absent where the line has a form that is not known. */
  readonly time?: number;
  readonly text: string;
}

/** The kernel's lines in the end of the first of these files that can be read; undefined where none can. */
export function readLogFile(now: number, files: readonly string[] = LOG_FILES): LogLine[] | undefined {
  for (const file of files) {
    const text = tailOf(file);
    if (text !== undefined) return parseLog(text, now);
  }
  return undefined;
}

/** Lines such as `Nov 22 14:31:07 web-1 kernel: [ 12.5] text` or with an ISO time; `now` tells the year. */
export function parseLog(text: string, now: number): LogLine[] {
  const lines: LogLine[] = [];
  for (const line of text.split('\n')) {
    const found = /^(\S.{14,39}?) [\w.-]{1,255} kernel: (?:\[ {0,12}\d{1,12}\.\d{1,9}\] ?)?(.*)$/.exec(line);
    if (found === null) continue;
    const time = timeOf(found[1] as string, now);
    lines.push({ ...(time === undefined ? {} : { time }), text: found[2] as string });
  }
  return lines;
}

/** Traditional stamps have no year: it is the one in which the line lies in the past. */
function timeOf(stamp: string, now: number): number | undefined {
  const iso = /^\d{4}-/.test(stamp);
  const time = Date.parse(iso ? stamp : `${stamp} ${new Date(now).getFullYear()}`);
  if (Number.isNaN(time)) return undefined;
  return !iso && time > now + 86_400_000 ? Date.parse(`${stamp} ${new Date(now).getFullYear() - 1}`) : time;
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
