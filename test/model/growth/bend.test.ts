import { describe, expect, it } from 'vitest';
import { MIB, readEvery } from './readings.ts';

/** What is left of 700 MiB of which `used` are in use after N seconds; its forecast at the second `until`, in seconds. */
const foreseen = (used: (second: number) => number, until: number, interval = 1) => {
  const forecast = readEvery(interval, until, (second) => Math.max(0, 700 - used(second)) * MIB).forecast();
  return (
    forecast && { soonest: forecast.soonest / 1000, middle: forecast.middle / 1000, latest: forecast.latest / 1000 }
  );
};

describe('the end of a fall that bends', () => {
  it('of a leak that becomes evenly faster and lives 40 s is forecast 8 s before, not at its pace of now', () => {
    const leak = (second: number) => 100 + 600 * (second / 40) ** 2;
    expect(Math.abs((foreseen(leak, 32)?.middle ?? 0) - 8)).toBeLessThan(1);
    expect(foreseen(leak, 32)?.soonest).toBeLessThan(8);
    expect(foreseen(leak, 32)?.latest).toBeGreaterThan(8);
  });

  it('of a leak that slows down and lives 50 s is forecast 8 s before', () => {
    const leak = (second: number) => 100 + 600 * (second / 50) ** 0.65;
    expect(Math.abs((foreseen(leak, 42)?.middle ?? 0) - 8)).toBeLessThan(1);
  });

  it('is the same for readings every 2 s', () => {
    const leak = (second: number) => 100 + 600 * (second / 40) ** 2;
    expect(Math.abs((foreseen(leak, 32, 2)?.middle ?? 0) - 8)).toBeLessThan(1.5);
  });

  it('is not forecast further ahead than half of what fell', () => {
    const leak = (second: number) => 100 + 600 * (second / 60) ** 2;
    expect(foreseen(leak, 35)).toBeUndefined();
  });

  it('is not forecast for a program that loads ever more slowly, at any second', () => {
    const load = (second: number) => 100 + 300 * (1 - Math.exp(-second / 6));
    for (let second = 5; second < 60; second += 1) expect(foreseen(load, second), `after ${second} s`).toBeUndefined();
  });

  it('is not forecast for a job that began within the stretch', () => {
    const job = (second: number) => 100 + 12 * Math.min(15, Math.max(0, second - 100));
    for (let second = 101; second < 130; second += 1)
      expect(foreseen(job, second), `after ${second} s`).toBeUndefined();
  });
});
