import { expect, it } from 'vitest';
import { encodeNumbers } from '../../../../src/formats/report-html/number-text.ts';
import { momentsOf, movedBy, valuesOf } from '../../../../src/formats/report-html/page/moments.ts';

const moments = momentsOf({ from: 10_000, moments: encodeNumbers([0, 1000, 2000, 9000, 10_000]), gaps: [3] });

it('A gap has a moment of its own without a value, so that no line crosses it', () => {
  expect(moments.seconds).toEqual([10, 11, 12, 15.5, 19, 20]);
  expect(valuesOf([0, encodeNumbers([1, 2, 3, 4, 5])], moments)).toEqual([0, 1024, 2048, null, 3072, 4096]);
});

it('A curve has values from its beginning to its end only, and none where they are unknown', () => {
  expect(valuesOf([1, encodeNumbers([11, 0])], moments)).toEqual([null, 10_240, null, null, null, null]);
});

it('The cursor passes over gaps and stops at either end', () => {
  expect([movedBy(moments, 2, 1), movedBy(moments, 4, -1), movedBy(moments, 5, 1), movedBy(moments, 1, -10)]).toEqual([
    4, 2, 5, 0,
  ]);
});
