import { expect, test } from 'vitest';
import { counted } from '../../src/text/plural.ts';

test('one thing is singular, none and several are plural', () => {
  expect([0, 1, 2].map((count) => counted(count, 'line'))).toEqual(['0 lines', '1 line', '2 lines']);
  expect([1, 3].map((count) => counted(count, 'process', 'processes'))).toEqual(['1 process', '3 processes']);
});
