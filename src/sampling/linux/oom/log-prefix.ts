// What kernels, syslog daemons and dmesg put before a line of the kernel: removed here, and nowhere else.
import { existing } from '../../../numbers/existing.ts';

/** A line of the kernel, without what others put before it. */
export interface LogLine {
  /** Wall clock, milliseconds since the epoch; absent where the line has no stamp, or one that is not known. */
  readonly time?: number;
  readonly text: string;
}

/** Longer lines are not the kernel's (LOG_LINE_MAX). */
const LONGEST = 16 * 1024;
const DAY = 86_400_000;

/** `<6>`: facility and severity (RFC 5424 section 6.2.1, syslog(2)). */
const PRIORITY = /^<\d{1,4}>/;
/** `1 TIME HOST kernel PROCID MSGID SD`: the header of RFC 5424, its structured data `-` or `[id name="value"]…`. */
const RFC_5424 =
  /^1 (-|\S{10,40}) (?:-|\S{1,255}) kernel (?:-|\S{1,128}) (?:-|\S{1,32}) (?:-|(?:\[(?:[^\]\\"]|"(?:[^"\\]|\\.){0,512}"){0,512}\])+) ?(?:\uFEFF)?/;
/** `Nov 22 14:31:07`, `Sun Nov 22 14:31:07 2026`, an ISO time, seconds since the epoch; host; facility; `kernel:`. */
const SYSLOG =
  /^((?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d(?: \d{4})? \d\d:\d\d:\d\d(?:\.\d{1,9})?(?: \d{4})?(?: [A-Z]{3,5})?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,20}|\d{9,11}(?:\.\d{1,9})?) (?:(?:[\w.:%-]{1,255}|\[[\w.:%]{1,64}\]) )?(?:[a-z\d]{2,12}\.[a-z]{3,8} )?kernel(?:\[\d{1,10}\])?: /;
/** `<6>` of the kernel's own facility, and `kern  :info  : `, as `dmesg -x` decodes it. */
const OF_KERNEL = /^(?:<[0-7]>|kern *:[a-z]{3,8} *: )/;
/** `[   12.345678]`, uptime by printk.time; `[   12.345678@3]` by Android; `[Sun Nov 22 14:31:07 2026]` by `dmesg -T`. */
const UPTIME = /^\[ {0,12}\d{1,12}\.\d{1,9}(?:@\d{1,4})?\] ?/;
const CTIME = /^\[([A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})\] ?/;
/** `2026-11-22T14:31:07,123456+00:00 `, as `dmesg --time-format iso` writes it. */
const ISO = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d{1,9}[+-]\d\d:?\d\d) /;
/** `[  T123]` a thread, `[    C0]` a CPU: the caller of printk (CONFIG_PRINTK_CALLER). */
const CALLER = /^\[ {0,8}[TC]\d{1,10}\] ?/;

/**
 * The line of the kernel that a line of a log file carries; undefined where the log says that another program wrote it.
 *
 * @param now the wall clock in milliseconds: traditional stamps have no year
 */
export function logLine(line: string, now: number): LogLine | undefined {
  if (line.length > LONGEST) return undefined;
  const unranked = line.replace(PRIORITY, '');
  const header = RFC_5424.exec(unranked) ?? SYSLOG.exec(unranked);
  if (header !== null) return stamped(kernelText(unranked.slice(header[0].length)), existing(header[1]), now);
  const plain = line.replace(OF_KERNEL, '');
  const stamp = CTIME.exec(plain) ?? ISO.exec(plain);
  if (stamp !== null) return stamped(kernelText(plain.slice(stamp[0].length)), existing(stamp[1]), now);
  return plain === line && !UPTIME.test(plain) ? undefined : { text: kernelText(plain) };
}

/** The text of a message of the kernel, without the priority, uptime and caller that may stand before it. */
export function kernelText(message: string): string {
  return message.replace(PRIORITY, '').replace(UPTIME, '').replace(CALLER, '');
}

function stamped(text: string, stamp: string, now: number): LogLine {
  const time = timeOf(stamp, now);
  return time === undefined ? { text } : { time, text };
}

/** A time stamp without a year gets the latest year that is not in the future. */
function timeOf(stamp: string, now: number): number | undefined {
  if (/^\d{9,11}/.test(stamp)) return Number(stamp) * 1000;
  if (/^\d{4}-/.test(stamp)) return parsed(isoOf(stamp));
  if (/\b\d{4}\b/.test(stamp)) return parsed(stamp);
  const year = new Date(now).getFullYear();
  const time = parsed(withYear(stamp, year));
  return time !== undefined && time > now + DAY ? parsed(withYear(stamp, year - 1)) : time;
}

/** Comma for a decimal point, a blank for the T, a zone without a colon: forms of ISO 8601 that Date does not read. */
function isoOf(stamp: string): string {
  return stamp
    .replace(' ', 'T')
    .replace(',', '.')
    .replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}

/** The year stands before the time of day: behind it a fraction of a second would be read into it. */
function withYear(stamp: string, year: number): string {
  return stamp.replace(/ (\d\d:)/, ` ${year} $1`);
}

function parsed(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
