import { expect, it } from 'vitest';
import { formatPast, parseWhen } from '../../src/text/when.ts';

const END = new Date(2026, 10, 28, 14, 30, 5).getTime();

it.each([
  ['14:30', new Date(2026, 10, 28, 14, 30)],
  ['9:05:07', new Date(2026, 10, 28, 9, 5, 7)],
  ['14:31', new Date(2026, 10, 27, 14, 31)],
  ['-15m', new Date(2026, 10, 28, 14, 15, 5)],
  ['-90', new Date(2026, 10, 28, 14, 28, 35)],
  ['2026-11-27 10:30', new Date(2026, 10, 27, 10, 30)],
  ['2026-11-27T10:30:15', new Date(2026, 10, 27, 10, 30, 15)],
  ['2026-11-27T10:30Z', new Date(Date.UTC(2026, 10, 27, 10, 30))],
  ['2026-11-27', new Date(2026, 10, 27)],
])('%s is a time', (text, time) => expect(new Date(parseWhen(text, END) ?? 0)).toEqual(time));

it.each(['', 'now', '24:00', '-', '-5x', '2026-13-01', '15m', '10:30 '.repeat(50)])('%j is not a time', (text) => {
  expect(parseWhen(text, END)).toBeUndefined();
});

it.each([
  [42_000, '14:29:23, 42 s ago'],
  [6 * 60_000 + 30_000, '14:23:35, 6 min ago'],
  [65 * 60_000, '13:25:05, 1 h 5 min ago'],
  [24 * 3_600_000, '2026-11-27 14:30:05, 24 h 0 min ago'],
  [72 * 3_600_000, '2026-11-25 14:30:05, 3 d ago'],
])('%i milliseconds before the end is "%s"', (ago, text) => expect(formatPast(END - ago, END)).toBe(text));
