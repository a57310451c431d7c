import { expect, it } from 'vitest';
import { containing, panned, zoomedSpan } from '../../../../src/formats/report-html/page/span.ts';

const whole = { min: 0, max: 100 };

it('Zooming in keeps the time at the cursor in its place', () => {
  expect(zoomedSpan(whole, whole, 0.5, 20)).toEqual({ min: 10, max: 60 });
});

it('Zooming out ends at the whole span, and zooming in at one second', () => {
  expect(zoomedSpan({ min: 10, max: 60 }, whole, 10, 20)).toEqual(whole);
  const { min, max } = zoomedSpan({ min: 10, max: 11 }, whole, 0.1, 10.5);
  expect(max - min).toBe(1);
});

it('Moving stops at either end', () => {
  expect(panned({ min: 70, max: 90 }, whole, 1)).toEqual({ min: 80, max: 100 });
  expect(panned({ min: 10, max: 30 }, whole, -1)).toEqual({ min: 0, max: 20 });
});

it('A time out of view comes into view by the shortest way', () => {
  expect(containing({ min: 10, max: 30 }, whole, 40)).toEqual({ min: 20, max: 40 });
  expect(containing({ min: 10, max: 30 }, whole, 20)).toEqual({ min: 10, max: 30 });
});
