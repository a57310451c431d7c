import { describe, expect, it } from 'vitest';
import { mannKendall, senSlope } from '../../../src/model/growth/mann-kendall.ts';

describe('the slope of Sen', () => {
  it('is that of a straight line', () => {
    expect(senSlope([0, 1, 2, 3], [5, 7, 9, 11])).toEqual({ slope: 2, lower: 2, upper: 2 });
  });

  it('is the median where points differ, within its interval', () => {
    const { slope, lower, upper } = senSlope([0, 1, 2, 3, 4, 5], [0, 1.5, 1.8, 30, 4, 5.1]);
    expect(slope).toBeCloseTo(1.02);
    expect(lower).toBeLessThan(0.9);
    expect(upper).toBeGreaterThan(1.5);
  });
});

describe('the test of Mann and Kendall', () => {
  it('gives the exact chances of short series', () => {
    expect(mannKendall([1, 2, 3])).toBeCloseTo(1 / 6);
    expect(mannKendall([1, 2, 3, 4])).toBeCloseTo(1 / 24);
    expect(mannKendall([1, 2, 3, 4, 5])).toBeCloseTo(1 / 120);
    expect(mannKendall([2, 1, 3])).toBeCloseTo(3 / 6);
    expect(mannKendall([3, 2, 1])).toBeCloseTo(1);
  });

  it('goes over to the normal distribution without a jump', () => {
    const ups = (count: number) =>
      Array.from({ length: count }, (_, index) => index + (index % 7 === 0 ? -9 : 0) + (index % 5) * 8);
    expect(mannKendall(ups(41))).toBeCloseTo(mannKendall(ups(40)), 1);
    expect(mannKendall(new Array(100).fill(1))).toBeGreaterThan(0.49);
  });
});
