import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAge,
  formatClock,
  formatGrowth,
  formatInterval,
  formatPercent,
  formatSize,
  formatSteadyAge,
} from '../../src/text/format.ts';

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

describe('a size', () => {
  it.each([
    [0, '0'],
    [1, '1B'],
    [999, '999B'],
    [1000, '0.98K'],
    [1024, '1.00K'],
    [12_345, '12.1K'],
    [97.6 * MIB, '97.6M'],
    [99.94 * MIB, '99.9M'],
    [99.95 * MIB, '100M'],
    [245 * MIB, '245M'],
    [999.4 * MIB, '999M'],
    [999.5 * MIB, '0.98G'],
    [1.95 * GIB, '1.95G'],
    [2 ** 63, '8.00E'],
    [-5 * MIB, '-5.00M'],
  ])('of %d bytes is %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  it('takes five characters at most, and is off by less than one in a hundred', () => {
    const units = 'BKMGTPE';
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n }).map(Number), (bytes) => {
        const text = formatSize(bytes);
        expect(text.length).toBeLessThanOrEqual(5);
        const read = Number.parseFloat(text) * 1024 ** units.indexOf(text.at(-1) ?? '');
        expect(Math.abs(read - bytes)).toBeLessThanOrEqual(bytes * 0.01);
      }),
    );
  });
});

describe('growth', () => {
  it.each([
    [0, '·'],
    [68, '·'],
    [-68, '·'],
    [69, '+4.04K'],
    [(14.2 * MIB) / 60, '+14.2M'],
    [(-820 * KIB) / 60, '-820K'],
  ])('of %d bytes a second is %s a minute', (rate, text) => {
    expect(formatGrowth(rate)).toBe(text);
  });

  it('takes six characters at most', () => {
    fc.assert(
      fc.property(fc.double({ min: -(2 ** 57), max: 2 ** 57, noNaN: true }), (rate) => {
        expect(formatGrowth(rate).length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

it.each([
  [0, '0.0'],
  [9.96, '10.0'],
  [99.94, '99.9'],
  [99.95, '100'],
  [1600, '1600'],
])('%d percent is %s', (percent, text) => {
  expect(formatPercent(percent)).toBe(text);
});

it.each([
  [0, '0s'],
  [999, '0s'],
  [59_999, '59s'],
  [60_000, '1m'],
  [3_599_999, '59m'],
  [86_399_999, '23h'],
  [12 * 86_400_000, '12d'],
])('an age of %d ms is %s', (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text);
});

it.each([
  [9_999, '9s'],
  [10_000, '10s'],
  [19_999, '10s'],
  [45_000, '40s'],
  [59_999, '50s'],
  [60_000, '1m'],
])('the age of a row of %d ms is %s: in steps of ten seconds from ten seconds on', (milliseconds, text) => {
  expect(formatSteadyAge(milliseconds)).toBe(text);
});

it.each([
  [100, '100ms'],
  [1000, '1s'],
  [1500, '1.5s'],
  [90_000, '90s'],
  [300_000, '5m'],
])('an interval of %d ms is %s', (milliseconds, text) => {
  expect(formatInterval(milliseconds)).toBe(text);
});

it('a clock has two digits for each part', () => {
  expect(formatClock(new Date(2026, 10, 22, 4, 3, 9).getTime())).toBe('04:03:09');
});
