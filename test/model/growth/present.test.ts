import { describe, expect, it } from 'vitest';
import { MIB, readEvery } from './readings.ts';

/** The judgement of a curve in MiB, read every second until `until`. */
const judged = (value: (second: number) => number, until: number) =>
  readEvery(1, until, (second) => value(second) * MIB).judgement();
const rateOf = (value: (second: number) => number, until: number) => (judged(value, until)?.growth ?? 0) / MIB;

describe('growth', () => {
  const lateLeak = (second: number) => 200 + Math.max(0, second - 300) * 5;

  it('of a leak that begins after five calm minutes has its own pace 12 s later', () => {
    expect(rateOf(lateLeak, 295)).toBe(0);
    expect(rateOf(lateLeak, 312)).toBeCloseTo(5, 0);
    expect(rateOf(lateLeak, 330)).toBeCloseTo(5, 1);
  });

  it('of a leak that begins after five calm minutes is called growing 22 s later', () => {
    expect(judged(lateLeak, 305)?.pattern).not.toBe('growing');
    expect(judged(lateLeak, 322)?.pattern).toBe('growing');
  });

  it('of a leak that continues at the same pace for minutes is reported over minutes', () => {
    expect(judged((second) => 200 + second, 600)?.window).toBeGreaterThanOrEqual(300_000);
  });

  it('of a cache that is full is 0 half a minute later, and steady after two', () => {
    const cache = (second: number) => 100 + 4 * Math.min(120, second);
    expect(judged(cache, 110)?.pattern).toBe('growing');
    expect(rateOf(cache, 155)).toBe(0);
    expect(judged(cache, 155)?.pattern).not.toBe('growing');
    expect(judged(cache, 240)?.pattern).toBe('steady');
  });

  it('of stairs goes on while a step is not late', () => {
    const stairs = (second: number) => 100 + 20 * Math.floor(second / 40);
    expect(judged(stairs, 619)?.pattern).toBe('growing');
  });

  it('under teeth is the pace at which the floor rises', () => {
    const teeth = (second: number) => 100 + second / 10 + (second % 50) * 2;
    expect(judged(teeth, 895)?.pattern).toBe('growing');
    for (let until = 800; until < 890; until += 9) expect(rateOf(teeth, until), `at ${until} s`).toBeCloseTo(0.1, 1);
  });

  it('is blank for a rise of 2% in 30 s', () => {
    expect(judged((second) => 1000 + Math.max(0, second - 300) * 0.6, 330)?.pattern).not.toBe('growing');
  });

  it('is not reported for a job that does what it did before', () => {
    const job = (second: number) => 100 + (second % 120 < 40 ? (second % 120) * 5 : 0);
    for (let until = 400; until < 700; until += 7)
      expect(judged(job, until)?.pattern, `at ${until} s`).not.toBe('growing');
  });
});
