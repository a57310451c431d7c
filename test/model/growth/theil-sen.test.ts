import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianOf, slope } from '../../../src/model/growth/theil-sen.ts';

const of = (values: number[], step = 1) =>
  slope(
    Float64Array.from(values, (_, index) => index * step),
    Float64Array.from(values),
  );
const line = (count: number, rate: number) => Array.from({ length: count }, (_, index) => 1000 + rate * index);

describe('the slope', () => {
  it('of a straight line is its rise', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 64 }),
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.constantFrom(0.1, 1, 2, 60),
        (count, rate, step) => {
          expect(of(line(count, rate * step), step)).toBeCloseTo(rate, 4);
        },
      ),
    );
  });

  it('of what does not move is zero', () => {
    expect(of(line(64, 0))).toBe(0);
  });

  it('is not bent by a single spike, wherever it is', () => {
    for (let at = 0; at < 64; at += 1) {
      const values = line(64, 10);
      values[at] = 1e9;
      expect(of(values)).toBeGreaterThan(9);
      expect(of(values)).toBeLessThan(11);
    }
  });

  it('is not bent by a short burst that comes back', () => {
    const values = line(64, 0).map((value, index) => (index >= 20 && index < 23 ? value * 100 : value));
    expect(of(values)).toBe(0);
  });

  it('of a sawtooth that comes back to its floor is near to nothing', () => {
    const values = Array.from({ length: 64 }, (_, index) => 1000 + (index % 4) * 100);
    expect(Math.abs(of(values))).toBeLessThan(1);
  });

  it('lies between the steepest rise and fall of neighbours', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 2, maxLength: 64 }), (values) => {
        const rises = values.slice(1).map((value, index) => value - (values[index] ?? 0));
        const found = of(values);
        expect(found).toBeGreaterThanOrEqual(Math.min(...rises) - 1e-6);
        expect(found).toBeLessThanOrEqual(Math.max(...rises) + 1e-6);
      }),
    );
  });

  it('turns round with the values', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 2, maxLength: 64 }), (values) => {
        expect(of(values.map((value) => -value))).toBeCloseTo(-of(values), 6);
      }),
    );
  });

  it('does not exist of fewer than two points', () => {
    expect(of([])).toBeNaN();
    expect(of([1])).toBeNaN();
  });
});

/** By sorting them all. */
function sortedMedian(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] ?? Number.NaN) + upper) / 2;
}

/** The median of the slopes between the medians of nine blocks, as it is defined. */
function sortedSlope(times: readonly number[], values: readonly number[]): number {
  const count = Math.min(9, times.length);
  const blocks = Array.from({ length: count }, (_, block) => {
    const [from, to] = [block, block + 1].map((one) => Math.floor((one * times.length) / count));
    return { time: sortedMedian(times.slice(from, to)), value: sortedMedian(values.slice(from, to)) };
  });
  const slopes = blocks.flatMap((later, index) =>
    blocks.slice(0, index).map((earlier) => (later.value - earlier.value) / (later.time - earlier.time)),
  );
  return sortedMedian(slopes);
}

/** Zero has one sign here: sorting does not tell its two apart. */
const number = fc
  .oneof(fc.double({ noNaN: true, min: -1e12, max: 1e12 }), fc.constantFrom(0, 1, 2))
  .map((one) => one + 0);
const numbers = fc.array(number, { maxLength: 80 });

describe('the median', () => {
  it('is what sorting all values finds', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        expect(medianOf(Float64Array.from(values), values.length)).toBe(sortedMedian(values));
      }),
    );
  });

  it('is that of the first values only, and keeps all of them', () => {
    fc.assert(
      fc.property(numbers, fc.nat(80), (values, count) => {
        const some = Math.min(count, values.length);
        const own = Float64Array.from(values);
        expect(medianOf(own, some)).toBe(sortedMedian(values.slice(0, some)));
        expect([...own].sort((one, other) => one - other)).toEqual([...values].sort((one, other) => one - other));
      }),
    );
  });

  it('gives the slope that sorting gives', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const times = values.map((_, index) => index * 2 + 1);
        expect(slope(Float64Array.from(times), Float64Array.from(values))).toBe(sortedSlope(times, values));
      }),
    );
  });
});
