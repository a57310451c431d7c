import { describe, expect, it } from 'vitest';
import { MIB, readEvery } from './readings.ts';

/** A limit of 1,000 MiB, reached at the second `end`; `used` from 0 to 1. */
const leftOf = (used: (seconds: number) => number) => (seconds: number) => 1000 * (1 - used(seconds)) * MIB;
const atEach = (seconds: readonly number[], used: (seconds: number) => number, interval = 1) =>
  seconds.map((second) => (readEvery(interval, second, leftOf(used)).forecast()?.middle ?? Number.NaN) / 1000);

/** Jobs of 12 s every 40 s on a leak: the height of the last one reaches the limit after 600 s, 8 s after it began. */
const jobs = (seconds: number) => 0.88 * (seconds / 600) + (seconds % 40 < 32 ? 0 : 0.12);
/** Teeth of 30 s, 200 MiB high, on a floor that rises: the tip of the twentieth reaches the limit, after 600 s. */
const teeth = (seconds: number) => 0.8 * (seconds / 600) + 0.2 * ((seconds % 30) / 30);
/** Stairs of 10 s: the twentieth step is the limit, after 200 s. */
const stairs = (seconds: number) => Math.floor(seconds / 10) / 20;
/** Works for 20 s and pauses for 20 s; reaches the limit after 420 s, at the end of what it works. */
const paused = (seconds: number) => (Math.floor(seconds / 40) * 20 + Math.min(20, seconds % 40)) / 220;

describe('the end of what swings on its way', () => {
  it('is forecast to within a fifth while a job is still to come, and while it runs', () => {
    const [before, within] = atEach([580, 593], jobs) as [number, number];
    expect(Math.abs(before - 20)).toBeLessThan(4);
    expect(Math.abs(within - 7)).toBeLessThan(2);
  });

  it('is that of the tip of a tooth, not that of the mean', () => {
    const [sooner, later] = atEach([575, 588], teeth) as [number, number];
    expect(Math.abs(sooner - 25)).toBeLessThan(5);
    expect(Math.abs(later - 12)).toBeLessThan(3);
  });

  it('is that of the last of many steps, whatever time has passed since the one before', () => {
    const ends = atEach([183, 186, 189], stairs) as [number, number, number];
    for (const [place, end] of ends.entries()) expect(Math.abs(end - (17 - 3 * place))).toBeLessThan(3);
  });

  it('is not now where a job of seconds comes and goes from one reading to the next', () => {
    const short = (seconds: number) => 0.9 * (seconds / 120) + (seconds % 3.35 < 2.2 ? 0.1 : 0);
    for (const end of [30, 24, 20, 16, 12]) {
      const [reported] = atEach([120 - end], short) as [number];
      expect(Math.abs(reported - end), `${end} s before`).toBeLessThan(end / 2);
    }
  });

  it('is found in the last minute, where what it loaded at its start is in all that is longer', () => {
    const loads = (seconds: number) =>
      Math.min(0.5, seconds / 8) + 0.46 * (seconds / 120) + (seconds % 3.35 < 2.2 ? 0.04 : 0);
    const [sooner, later] = atEach([80, 100], loads) as [number, number];
    expect(Math.abs(sooner - 40)).toBeLessThan(12);
    expect(Math.abs(later - 20)).toBeLessThan(8);
  });

  it('is not within a pause', () => {
    const [paces, rests] = atEach([403, 397], paused) as [number, number];
    expect(Math.abs(paces - 17)).toBeLessThan(4);
    expect(Math.abs(rests - 23)).toBeLessThan(5);
  });

  it('is the same for readings every 2 s', () => {
    const [end] = atEach([588], jobs, 2) as [number];
    expect(Math.abs(end - 12)).toBeLessThan(4);
  });

  it('has a range that holds it', () => {
    const forecast = readEvery(1, 580, leftOf(jobs)).forecast();
    expect(forecast?.soonest).toBeLessThan(20_000);
    expect(forecast?.latest).toBeGreaterThan(20_000);
  });
});
