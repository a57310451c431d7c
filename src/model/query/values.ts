// Values of comparisons as people type them: sizes, rates, spans of time, percentages, numbers.

import { parseDuration } from '../../text/duration.ts';
import type { Kind } from '../columns/column.ts';

const UNITS = 'bkmgtpe';
const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, m: 60, h: 3600 };

/** A description of the values of each kind: completes "expected …". */
export const EXAMPLES: Readonly<Record<Kind, string>> = {
  bytes: 'a size, such as 500m or 1.5g',
  'bytes-a-second': 'a rate, such as 1m/min (or /s, /h)',
  milliseconds: 'a time, such as 90s, 10m, 2h or 3d',
  percent: 'a percentage, such as 50',
  number: 'a number, such as 10',
  text: 'a text, such as root',
};

/**
 * The value of a text in the unit of its kind: bytes (units are binary, in either case: `500m`, `1.5G`, `64KiB`), bytes a
 * second (`1m/min`; a minute where no time is named, as on the screen), milliseconds, percent, or a plain number.
 * Undefined when it is not valid.
 */
export function readMeasure(kind: Kind, text: string): number | undefined {
  switch (kind) {
    case 'bytes':
      return readSize(text);
    case 'bytes-a-second':
      return readRate(text);
    case 'milliseconds':
      return parseDuration(text.toLowerCase());
    case 'percent':
      return readNumber(text.replace(/%$/, ''));
    case 'number':
      return readNumber(text);
    case 'text':
      return undefined;
  }
}

/** A number with a percent sign behind it: `85%`. Undefined for other text. */
export function readPercentage(text: string): number | undefined {
  return text.endsWith('%') ? readNumber(text.slice(0, -1)) : undefined;
}

/** The pid that a word names: a number finds the process of that pid, next to what has it in its name or command. */
export function pidOf(word: string): number | undefined {
  return /^[1-9]\d{0,9}$/.test(word) ? Number(word) : undefined;
}

function readNumber(text: string): number | undefined {
  return /^[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})$/.test(text) ? Number(text) : undefined;
}

/** Bytes: a number with or without a unit (`500m`, `1.5GiB`); undefined for other text. */
export function readSize(text: string): number | undefined {
  const match = /^(.*?)(?:([kmgtpe])(?:i?b)?|b)?$/i.exec(text);
  const number = readNumber(match?.[1] ?? '');
  const unit = UNITS.indexOf((match?.[2] ?? 'b').toLowerCase());
  return number === undefined ? undefined : number * 1024 ** unit;
}

function readRate(text: string): number | undefined {
  const match = /^([^/]*)(?:\/(s|min|m|h))?$/i.exec(text);
  const bytes = match === null ? undefined : readSize(match[1] ?? '');
  return bytes === undefined ? undefined : bytes / (SECONDS[(match?.[2] ?? 'min').toLowerCase()] ?? Number.NaN);
}
