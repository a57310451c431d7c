// One record of /dev/kmsg (Documentation/ABI/testing/dev-kmsg): `6,1207,1559421839,-;text` and lines of dictionary.

import { kernelText } from './log-prefix.ts';

export interface KmsgRecord {
  /** 0 for the kernel; whatever a program writes there has another, the kernel sees to that. */
  readonly facility: number;
  readonly sequence: number;
  /** Milliseconds since the machine booted, sleep not counted. */
  readonly uptime: number;
  /** Escapes undone, what printk puts before it taken off. */
  readonly text: string;
}

/** The record; undefined for what is not a complete record. */
export function parseKmsgRecord(record: string): KmsgRecord | undefined {
  const prefix = /^(\d{1,6}),(\d{1,16}),(\d{1,16}),[^;\n]{0,64};/.exec(record);
  if (prefix === null) return undefined;
  const end = record.indexOf('\n', prefix[0].length);
  // The kernel ends each with a line feed: without it something is missing.
  if (end === -1) return undefined;
  return {
    facility: Number(prefix[1]) >> 3,
    sequence: Number(prefix[2]),
    uptime: Number(prefix[3]) / 1000,
    text: kernelText(unescaped(record.slice(prefix[0].length, end))),
  };
}

/** The kernel writes unprintable bytes and the backslash itself as \x0a (printk's append_char). */
function unescaped(text: string): string {
  if (!text.includes('\\x')) return text;
  const bytes = text.replace(/\\x([0-9a-f]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
