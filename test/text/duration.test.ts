import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDuration } from '../../src/text/duration.ts';
import { formatInterval } from '../../src/text/format.ts';

it.each([
  ['500ms', 500],
  ['2s', 2000],
  ['2', 2000],
  ['1.5', 1500],
  ['.5', 500],
  ['.25s', 250],
  ['5m', 300_000],
  ['2min', 120_000],
  ['1h', 3_600_000],
  ['1d', 86_400_000],
  [' 3 s ', 3000],
  ['0', 0],
])('%j is %d ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.each([
  '',
  ' ',
  's',
  '-1',
  '+1',
  '1e3',
  '1,5',
  '1.',
  '1ss',
  '1 2',
  '1s2',
  'NaN',
  'Infinity',
  '0x10',
  '2S',
  '١',
  '9'.repeat(400),
])('%j is not a duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

it('what is written as an interval is read as the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8_640_000 }).map((tens) => tens * 10),
      (milliseconds) => {
        expect(parseDuration(formatInterval(milliseconds))).toBeCloseTo(milliseconds, 6);
      },
    ),
  );
});
