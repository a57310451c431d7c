import { describe, expect, it } from 'vitest';
import { MIB, readEvery } from './readings.ts';

/** A leak from 100 MiB on that reaches a limit of 700 MiB after `life` seconds. */
const leakOf = (life: number) => (seconds: number) => 700 - (100 + (600 * seconds) / life);
/** The last forecast of what is left, in MiB, read every second until `until`. */
const foreseen = (left: (seconds: number) => number, until: number, interval = 1) =>
  readEvery(interval, until, (seconds) => Math.max(0, left(seconds)) * MIB).forecast();
/** The first second with a forecast. */
const firstOf = (left: (seconds: number) => number, until: number) =>
  Array.from({ length: until }, (_, second) => second).find((second) => foreseen(left, second) !== undefined);

describe('an end within seconds', () => {
  it('a leak of 12 MiB/s in a program that lives 50 s is forecast within 22 s', () => {
    expect(firstOf(leakOf(50), 50)).toBeLessThanOrEqual(22);
    const reported = foreseen(leakOf(50), 22);
    expect((reported?.middle ?? 0) / 1000).toBeCloseTo(28, 0);
    expect(reported?.soonest).toBeLessThan(28_000);
    expect(reported?.latest).toBeGreaterThan(28_000);
  });

  it('a leak of 40 MiB/s in a program that lives 15 s is forecast 4 s before', () => {
    expect((foreseen(leakOf(15), 11)?.middle ?? 0) / 1000).toBeCloseTo(4, 0);
  });

  it('a leak that begins after five calm minutes is forecast 30 s later, at its own pace', () => {
    const left = (seconds: number) => 900 - Math.max(0, seconds - 300) * 10;
    expect((foreseen(left, 330)?.middle ?? 0) / 1000).toBeCloseTo(60, -0.5);
  });

  it('is not forecast after 10 s where it is more than 8 s ahead, nor after 20 s where it is more than 30 s ahead', () => {
    expect(foreseen(leakOf(19), 10)).toBeUndefined();
    expect(foreseen(leakOf(55), 20)).toBeUndefined();
    expect(foreseen(leakOf(49), 20)).toBeDefined();
  });

  it('is not forecast for a program that loads 300 MiB in 15 s', () => {
    expect(firstOf((seconds) => 700 - 100 - Math.min(300, seconds * 20), 60)).toBeUndefined();
  });

  it('is not forecast for a value that returns to an earlier level', () => {
    const job = (seconds: number) => 700 - 100 - (seconds % 60 < 30 ? (seconds % 60) * 15 : 0);
    for (let second = 61; second < 240; second += 1) expect(foreseen(job, second), `after ${second} s`).toBeUndefined();
  });

  /** Jobs of 2 s, one every 3.4 s, take 20 MiB. */
  const jobs = (seconds: number) => (seconds % 3.4 < 2 ? 20 : 0);

  it('is forecast under jobs of seconds, whose peaks reach it first', () => {
    // The last of 410 MiB are reached after 39 s.
    const leak = (seconds: number) => 410 - 10 * seconds - jobs(seconds);
    const first = firstOf(leak, 39) ?? Number.POSITIVE_INFINITY;
    expect(first).toBeLessThanOrEqual(32);
    for (let second = first; second < 38; second += 1) {
      const ahead = (foreseen(leak, second)?.middle ?? 0) / 1000;
      expect(Math.abs(ahead - (39 - second)), `after ${second} s`).toBeLessThanOrEqual(
        Math.max(3.4, (39 - second) / 4),
      );
    }
  });

  it('is not forecast for jobs on a floor that does not rise, nor for a program that loads 300 MiB under them in 15 s', () => {
    expect(firstOf((seconds) => 60 - jobs(seconds), 120)).toBeUndefined();
    expect(firstOf((seconds) => 600 - Math.min(300, seconds * 20) - jobs(seconds), 120)).toBeUndefined();
  });

  it('is not forecast for a single jump', () => {
    expect(firstOf((seconds) => (seconds < 30 ? 600 : 50), 60)).toBeUndefined();
  });

  it('is sooner than that of the line where a table was made larger on the way: it will be again', () => {
    const table = (seconds: number) => 400 - 100 - 4 * seconds - (seconds > 32 ? 60 : 0);
    for (const second of [34, 37, 40, 44, 48]) {
      const reported = foreseen(table, second);
      const [left, line] = [table(second), table(second) / 4];
      const middle = (reported?.middle ?? 0) / 1000;
      expect(middle, `after ${second} s, with ${left} MiB left`).toBeLessThan(line * 0.9);
      expect(middle).toBeGreaterThan(line * 0.45);
      expect((reported?.soonest ?? 0) / 1000).toBeLessThan(line * 0.7);
    }
  });

  it('is in time for a table that doubles: its jumps come again, each twice as large', () => {
    const table = (seconds: number) =>
      150 - 2 * seconds - [4, 9, 18, 36].reduce((sum, at) => sum + (seconds >= at ? at : 0), 0);
    let last: { forecast: number; truth: number } | undefined;
    const end = Array.from({ length: 60 }, (_, second) => second).find((second) => table(second) <= 0) ?? 0;
    for (let second = 8; second <= end - 10; second += 1) {
      const reported = foreseen(table, second);
      if (reported !== undefined) last = { forecast: reported.middle / 1000, truth: end - second };
    }
    expect(last).toBeDefined();
    expect(Math.abs((last?.forecast ?? 0) - (last?.truth ?? 0))).toBeLessThanOrEqual((last?.truth ?? 0) / 2);
  });

  it('is foreseen for what pauses for a reading now and then', () => {
    const pausing = (seconds: number) => 110 - 2 * (seconds - Math.floor(seconds / 9));
    const reported = foreseen(pausing, 46);
    expect((reported?.middle ?? 0) / 1000).toBeGreaterThan(7);
    expect((reported?.middle ?? 0) / 1000).toBeLessThan(15);
  });

  it('is the same for readings every 2 s', () => {
    expect((foreseen(leakOf(50), 24, 2)?.middle ?? 0) / 1000).toBeCloseTo(26, -0.5);
  });

  it('does not take a tooth of a sawtooth with a slowly rising floor for the end', () => {
    const teeth = (seconds: number) => 1000 - 100 - seconds / 4 - (seconds % 90) * 3;
    const truth = 1000;
    for (let second = 600; second < 900; second += 10) {
      expect(foreseen(teeth, second)?.latest ?? Number.POSITIVE_INFINITY, `after ${second} s`).toBeGreaterThan(
        truth / 10,
      );
    }
  });
});

describe('what loads for seconds', () => {
  /** In MiB below a limit of 1000, after N seconds. */
  const forecasts = (until: number, used: (second: number) => number) =>
    Array.from({ length: until - 1 }, (_, index) =>
      readEvery(1, index + 2, (second) => (1000 - used(second)) * MIB).forecast(),
    );

  it('ever more slowly, three quarters of the limit within 24 s, is not taken for a leak, while it loads and after', () => {
    const loads = (second: number) => 50 + 700 * Math.min(1, second / 24) ** 0.8;
    expect(forecasts(45, loads).filter((one) => one !== undefined)).toEqual([]);
  });

  it('after a minute of calm, for 18 s, is not taken for a leak', () => {
    const job = (second: number) => 200 + 450 * Math.min(1, Math.max(0, second - 60) / 18);
    expect(forecasts(100, job).filter((one) => one !== undefined)).toEqual([]);
  });

  it('and does not stop is a leak that is forecast before its end, even in a life of 10 s', () => {
    const leak = (second: number) => 100 + 90 * second;
    const [at7] = forecasts(8, leak).slice(-2);
    expect(at7?.middle).toBeGreaterThan(2000);
    expect(at7?.middle).toBeLessThan(4000);
  });
});
