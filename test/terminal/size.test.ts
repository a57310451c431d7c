import { expect, it } from 'vitest';
import { sizeOf } from '../../src/terminal/size.ts';

it('a terminal that knows its size has that size, whatever the environment contains', () => {
  expect(sizeOf({ columns: 132, rows: 43 }, { COLUMNS: '10', LINES: '5' })).toEqual({ columns: 132, rows: 43 });
});

it('a terminal of 0×0 has the size of COLUMNS and LINES', () => {
  expect(sizeOf({ columns: 0, rows: 0 }, { COLUMNS: '100', LINES: '30' })).toEqual({ columns: 100, rows: 30 });
});

it.each(['', '0', '-5', 'wide', '1e9', '99999'])('a terminal of 0×0 with COLUMNS=%j has 80 by 24 cells', (text) => {
  expect(sizeOf({ columns: 0, rows: 0 }, { COLUMNS: text, LINES: text })).toEqual({ columns: 80, rows: 24 });
});
