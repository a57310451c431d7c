import { expect, test } from 'vitest';
import { parseStatm } from '../../../../src/sampling/linux/proc/statm.ts';

const parse = (text: string, length = text.length) => parseStatm(Buffer.from(`${text}9999`), length);

test('resident pages are the second number', () => {
  expect(parse('4125 1061 700 8 0 300 0\n')).toBe(1061);
});

test.each(['', '4125', '4125 ', '4125 1061', '4125 -3 700', 'x 1 2', ' 1 2 3', '1  2 3'])(
  'a line that is cut off or odd has none: "%s"',
  (text) => {
    expect(parse(text)).toBeUndefined();
  },
);

test('bytes behind the length belong to an earlier reading', () => {
  expect(parse('4125 1061 700', 9)).toBeUndefined();
});

test('a number larger than any memory is ignored', () => {
  expect(parse('1 99999999999999999999 1')).toBeUndefined();
});
