// The end of a limit: with peaks that fall between two samples, and once it has been reached.
import { describe, expect, it } from 'vitest';
import type { Forecast } from '../../../src/model/growth/near-end.ts';
import { firstEnd } from '../../../src/model/rows/exhaustion.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { GroupLimit } from '../../../src/model/snapshot/cgroup-memory.ts';
import { MEBIBYTE, snapshotOf } from '../../helpers/snapshots.ts';

const LIMIT = 300 * MEBIBYTE;

/** The forecast after readings of a limit, one a second, on a machine without swap. `at` has MiB. */
function forecastAfter(seconds: number, at: (second: number) => Partial<GroupLimit>): Forecast | undefined {
  return trackedFor(seconds, at).forecast;
}

function trackedFor(seconds: number, at: (second: number) => Partial<GroupLimit>) {
  const tracker = new Tracker();
  for (let second = 0; second <= seconds; second += 1) {
    const sizes = Object.entries(at(second)).map(([name, size]) => [
      name,
      typeof size === 'number' ? size * MEBIBYTE : size,
    ]);
    const limit: GroupLimit = { path: '/job', limit: LIMIT, charged: 0, ...Object.fromEntries(sizes) };
    const plain = snapshotOf([], second);
    tracker.advance({ ...plain, system: { ...plain.system, swapTotal: 0, swapFree: 0, limit } }, 1000);
  }
  return { tracker, forecast: firstEnd(tracker)?.forecast };
}

const secondsOf = (forecast: Forecast | undefined) => (forecast?.middle ?? Number.NaN) / 1000;

describe('a peak between two samples', () => {
  /** A program that copies what it has to append to it: twice its size for a moment, at 2 MiB a second. */
  const copies = (second: number) => ({ charged: 10 + 2 * second, peak: 12 + 4 * second });

  it('reaches the limit before what the samples show', () => {
    // 300 MiB are needed after 72 s.
    expect(secondsOf(forecastAfter(60, copies))).toBeGreaterThan(10);
    expect(secondsOf(forecastAfter(60, copies))).toBeLessThan(14);
    // Without it 170 MiB seem to be left, at 2 MiB a second.
    expect(secondsOf(forecastAfter(60, (second) => ({ charged: 10 + 2 * second })))).toBeGreaterThan(75);
  });

  it('that was page cache does not count', () => {
    const reads = (second: number) => {
      const charged = 20 + 3.5 * second;
      return { charged, peak: charged, unreclaimable: 20, workingSet: 20 };
    };
    expect(forecastAfter(70, reads)).toBeUndefined();
    // Nor where the cache was dropped before the sample.
    const drops = (second: number) => ({ ...reads(second), charged: second % 2 === 0 ? 20 : 20 + 3.5 * second });
    expect(forecastAfter(70, drops)).toBeUndefined();
  });

  it('of long ago does not count', () => {
    expect(forecastAfter(60, () => ({ charged: 20, peak: 299 }))).toBeUndefined();
    const slow = (second: number) => ({ charged: 20 + 0.5 * second, peak: 299 });
    // 250 MiB are left, at half a MiB a second.
    expect(secondsOf(forecastAfter(60, slow))).toBeGreaterThan(400);
  });
});

describe('a limit that has been reached', () => {
  /** Rises for 40 s to its limit, then lives on for as long as the kernel finds file pages to reclaim. */
  const stays = (second: number) => {
    const used = Math.min(299.2, 60 + 6 * second);
    return { charged: Math.min(300, used + 30), unreclaimable: used + (second % 2) * 0.1 };
  };

  it('is forecast until then', () => {
    const before = forecastAfter(30, stays);
    expect([secondsOf(before) > 7, secondsOf(before) < 13, before?.fullFor]).toEqual([true, true, undefined]);
  });

  it.each([10, 30, 120])(
    'is reported %d s later: what has lived so long lives as long again in the median',
    (later) => {
      const forecast = forecastAfter(40 + later, stays);
      expect(forecast?.fullFor).toBe(later * 1000);
      expect(secondsOf(forecast)).toBe(later);
      expect(forecast?.soonest).toBe(0);
      expect(forecast?.latest).toBeGreaterThan(2 * later * 1000);
    },
  );

  it('is not reported any more where a process lives on at it, or has memory again', () => {
    expect(forecastAfter(40 + 301, stays)).toBeUndefined();
    const recovers = (second: number) => (second < 60 ? stays(second) : { charged: 200, unreclaimable: 100 });
    expect(forecastAfter(60, stays)?.fullFor).toBe(20_000);
    expect(forecastAfter(61, recovers)).toBeUndefined();
  });

  it('is not a kill to come where members are throttled, or where file pages fill it', () => {
    expect(forecastAfter(60, (second) => ({ ...stays(second), slows: true }))?.fullFor).toBeUndefined();
    expect(forecastAfter(60, () => ({ charged: 300, unreclaimable: 150 }))).toBeUndefined();
  });

  it('is the same in a frozen copy, which later readings do not change', () => {
    const { tracker } = trackedFor(60, stays);
    const frozen = tracker.frozen();
    const plain = snapshotOf([], 61);
    const limit = { path: '/job', limit: LIMIT, charged: 100 * MEBIBYTE };
    tracker.advance({ ...plain, system: { ...plain.system, swapTotal: 0, swapFree: 0, limit } }, 1000);
    expect(firstEnd(tracker)).toBeUndefined();
    expect(firstEnd(frozen.tracker)?.forecast.fullFor).toBe(20_000);
  });
});
