// What is left below the limits of cgroups: when it ends, and that the nearest end is told.
import { describe, expect, it } from 'vitest';
import { firstEnd, forecastOf } from '../../../src/model/rows/exhaustion.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { type GroupLimit, headroomBelow, lastHeadroomOf, tightest } from '../../../src/model/snapshot/cgroup-memory.ts';
import { MEBIBYTE, processOf, snapshotOf } from '../../helpers/snapshots.ts';

const limitOf = (some: Partial<GroupLimit>): GroupLimit => ({
  path: '/job',
  limit: 512 * MEBIBYTE,
  charged: 300 * MEBIBYTE,
  ...some,
});

describe('headroom', () => {
  it('is what is left below the limit, idle page cache not counted, and never negative', () => {
    expect(headroomBelow(limitOf({ workingSet: 200 * MEBIBYTE }))).toBe(312 * MEBIBYTE);
    expect(headroomBelow(limitOf({}))).toBe(212 * MEBIBYTE);
    expect(headroomBelow(limitOf({ charged: 600 * MEBIBYTE }))).toBe(0);
  });

  it('before the end has swap too, as far as cgroup and machine have any', () => {
    const machine = { swapFree: 100 * MEBIBYTE };
    const with_ = (some: Partial<GroupLimit>) => (lastHeadroomOf(limitOf(some), machine) - 212 * MEBIBYTE) / MEBIBYTE;
    expect(with_({})).toBe(100);
    expect(with_({ swapLimit: 0 })).toBe(0);
    expect(with_({ swapLimit: 80 * MEBIBYTE, swapUsed: 30 * MEBIBYTE })).toBe(50);
    expect(lastHeadroomOf(limitOf({}), {})).toBe(212 * MEBIBYTE);
  });

  it('decides between nested limits: the least of it is reached first, the nearer of equals', () => {
    const own = limitOf({ path: '/a/b' });
    const wide = limitOf({ path: '/a', limit: 1000 * MEBIBYTE, charged: 900 * MEBIBYTE });
    expect(tightest([own, wide])).toBe(wide);
    expect(tightest([own, limitOf({ path: '/' })])).toBe(own);
    expect(tightest([])).toBeUndefined();
  });
});

describe('the end', () => {
  /** A cgroup that loses a MiB a tick, on a machine that loses nothing. */
  function watchedFor(ticks: number, own: boolean): Tracker {
    const tracker = new Tracker();
    for (let tick = 0; tick < ticks; tick += 1) {
      const limit = limitOf({ charged: (100 + tick) * MEBIBYTE });
      const process = processOf({ who: { pid: 9 }, cgroup: '/job', rss: (100 + tick) * MEBIBYTE });
      const plain = snapshotOf([process], tick * 2);
      const { system } = plain;
      const unswapped = { ...system, swapTotal: 0, swapFree: 0 };
      tracker.advance(
        own
          ? { ...plain, system: { ...unswapped, limit } }
          : { ...plain, system: unswapped, groups: [{ path: '/job', charged: limit.charged, limit }] },
        2000,
      );
    }
    return tracker;
  }

  it.each([true, false])('is that of the cgroup when it comes first (memtop in it: %s)', (own) => {
    const tracker = watchedFor(120, own);
    const end = firstEnd(tracker);
    expect(end?.limit?.path).toBe('/job');
    // 292 MiB are left, at half a MiB a second.
    const seconds = (end?.forecast.middle ?? 0) / 1000;
    expect(Math.abs(seconds - 292 * 2)).toBeLessThan(60);
  });

  it('is the ETA of each process in it', () => {
    const tracker = watchedFor(120, false);
    const limit = limitOf({ charged: 220 * MEBIBYTE });
    const process = processOf({ who: { pid: 9 }, cgroup: '/job', rss: 220 * MEBIBYTE });
    const other = processOf({ who: { pid: 10 }, cgroup: '/other' });
    const plain = snapshotOf([process, other], 240);
    const system = { ...plain.system, swapTotal: 0, swapFree: 0 };
    const next = { ...plain, system, groups: [{ path: '/job', charged: limit.charged, limit }] };
    const [inside, outside] = tracker.advance(next, 2000).map((row) => forecastOf(row, tracker.timeline));
    expect((inside?.middle ?? 0) / 1000).toBeGreaterThan(300);
    expect(outside).toBeUndefined();
  });

  it('a limit that is changed is another one: its history starts again', () => {
    const tracker = watchedFor(120, true);
    const limit = limitOf({ limit: 1024 * MEBIBYTE, charged: 220 * MEBIBYTE });
    const plain = snapshotOf([], 240);
    tracker.advance({ ...plain, system: { ...plain.system, swapTotal: 0, swapFree: 0, limit } }, 2000);
    expect(firstEnd(tracker)).toBeUndefined();
  });
});
