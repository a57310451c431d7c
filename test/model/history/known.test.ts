import { expect, it } from 'vitest';
import type { Column } from '../../../src/model/columns/column.ts';
import { columnOf } from '../../../src/model/columns/columns.ts';
import { isKnownAfter } from '../../../src/model/history/known.ts';

const isKnown = (id: string, samples: number, milliseconds: number) =>
  isKnownAfter(columnOf(id) as Column, { samples, milliseconds });

it('a column is known after as many samples as it takes, over as long as it takes', () => {
  expect(isKnown('rss', 1, 0)).toBe(true);
  expect([isKnown('faults', 1, 0), isKnown('faults', 2, 100)]).toEqual([false, true]);
  expect([isKnown('growth', 4, 9000), isKnown('growth', 5, 3999), isKnown('growth', 5, 4000)]).toEqual([
    ...[false, false, true],
  ]);
  expect(isKnown('growth', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY)).toBe(true);
});
