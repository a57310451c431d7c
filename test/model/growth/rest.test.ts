import { describe, expect, it } from 'vitest';
import { restOf } from '../../../src/model/growth/rest.ts';
import { MIB, readEvery } from './readings.ts';

const observed = (now: number) => ({ since: 0, now, interval: 1000 });
/** Readings every second of a curve in MiB. */
function readingsOf(seconds: number, value: (second: number) => number) {
  const times = Float64Array.from({ length: seconds + 1 }, (_, second) => second * 1000);
  return { times, values: times.map((time) => value(time / 1000) * MIB), count: seconds + 1 };
}

describe('a rest', () => {
  it('begins when a rise ends, and counts from 5 s on', () => {
    const rise = (second: number) => 100 + Math.min(100, second) * 2;
    expect(restOf(readingsOf(104, rise), 0, observed(104_000), 1)).toBeUndefined();
    expect(restOf(readingsOf(106, rise), 0, observed(106_000), 1)).toBeGreaterThanOrEqual(5000);
    expect(restOf(readingsOf(125, rise), 0, observed(125_000), 1)).toBeGreaterThanOrEqual(25_000);
  });

  it('is only a pause while it is shorter than twice the longest pause of the stairs before it', () => {
    const stairs = (second: number) => 100 + 50 * Math.floor(Math.min(second, 240) / 60);
    expect(restOf(readingsOf(330, stairs), 0, observed(330_000), 1)).toBeUndefined();
    expect(restOf(readingsOf(390, stairs), 0, observed(390_000), 1)).toBeGreaterThan(120_000);
  });

  it('is not made longer by the calm before the rise', () => {
    const rise = (second: number) => 100 + 2 * Math.min(60, Math.max(0, second - 200));
    expect(restOf(readingsOf(268, rise), 0, observed(268_000), 1)).toBeGreaterThanOrEqual(5000);
  });

  it('of a rise of ten minutes is found as soon as that of a rise of one', () => {
    const rise = (second: number) => 100 + Math.min(600, second);
    expect(restOf(readingsOf(608, rise), 0, observed(608_000), 1)).toBeGreaterThanOrEqual(5000);
  });

  it('is never found of what does not move', () => {
    expect(
      restOf(
        readingsOf(100, () => 100),
        0,
        observed(100_000),
        1,
      ),
    ).toBeUndefined();
  });
});

describe('the forecast', () => {
  it('of a program that frees what it took is not reported from 15 s after the peak on', () => {
    const left = (second: number) => (1000 - 5 * (120 - Math.abs(second - 120))) * MIB;
    expect(readEvery(1, 115, left).forecast()).toBeDefined();
    for (let second = 135; second < 240; second += 5) {
      expect(readEvery(1, second, left).forecast(), `after ${second} s`).toBeUndefined();
    }
  });

  it('of a cache that is full is not reported half a minute later', () => {
    const left = (second: number) => (1000 - 6 * Math.min(120, second)) * MIB;
    expect(readEvery(1, 110, left).forecast()).toBeDefined();
    expect(readEvery(1, 150, left).forecast()).toBeUndefined();
  });
});
