import { describe, expect, it } from 'vitest';
import { exhaustionOf, forecastOf, suspectsOf } from '../../../src/model/rows/exhaustion.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { MEMORY, processOf, snapshotOf } from '../../helpers/reports.ts';

const MIB = 2 ** 20;

/** A machine that loses a MiB a second, of which the script takes a fraction. */
function losing(fraction: number, ticks = 120): { rows: readonly Row[]; tracker: Tracker } {
  const tracker = new Tracker();
  let rows: readonly Row[] = [];
  for (let tick = 0; tick < ticks; tick += 1) {
    const system = { ...MEMORY, available: (1000 - tick) * MIB, swapTotal: 0, swapFree: 0 };
    const script = processOf({ pid: 9, name: 'script', rss: (100 + tick * fraction) * MIB });
    rows = tracker.advance(snapshotOf([processOf({ pid: 1 }), script], tick * 1000, { system }), 1000);
  }
  return { rows, tracker };
}

describe('the exhaustion of the machine', () => {
  it('names the fastest growing process when it explains at least half of it', () => {
    const { rows, tracker } = losing(0.8);
    const found = exhaustionOf(rows, tracker);
    expect(found?.by?.row.label.name).toBe('script');
    expect((found?.forecast.middle ?? 0) / 1000).toBeCloseTo(881, -1.5);
  });

  it('names no process when none explains half of it', () => {
    const { rows, tracker } = losing(0.3);
    expect(exhaustionOf(rows, tracker)).toMatchObject({ forecast: {} });
    expect(exhaustionOf(rows, tracker)?.by).toBeUndefined();
  });

  it('names it next to jobs of seconds as well, at whose peaks the end is seconds away', () => {
    const tracker = new Tracker();
    let rows: readonly Row[] = [];
    const unnamed: number[] = [];
    for (let tick = 0; tick < 118; tick += 1) {
      const jobs = tick % 3.35 < 2.2 ? 60 : 0;
      const system = { ...MEMORY, available: (500 - 3.6 * tick - jobs) * MIB, swapTotal: 0, swapFree: 0 };
      const script = processOf({ pid: 9, name: 'script', rss: (100 + 3.6 * tick) * MIB });
      rows = tracker.advance(snapshotOf([processOf({ pid: 1 }), script], tick * 1000, { system }), 1000);
      const found = exhaustionOf(rows, tracker);
      if (found !== undefined && found.by?.row.label.name !== 'script') unnamed.push(tick);
    }
    expect(exhaustionOf(rows, tracker)).toBeDefined();
    expect(unnamed).toEqual([]);
  });

  it('accuses no process that has grown for less than 10 s', () => {
    const { rows: before, tracker } = losing(0, 120);
    let rows = before;
    for (let tick = 120; tick < 127; tick += 1) {
      const system = { ...MEMORY, available: (1000 - tick) * MIB, swapTotal: 0, swapFree: 0 };
      const late = processOf({ pid: 10, name: 'late', rss: (100 + (tick - 119) * 50) * MIB });
      rows = tracker.advance(snapshotOf([processOf({ pid: 1 }), late], tick * 1000, { system }), 1000);
    }
    expect(rows[1]?.rss.growth(tracker.timeline)).toBeGreaterThan(0);
    expect(exhaustionOf(rows, tracker)?.forecast).toBeDefined();
    expect(exhaustionOf(rows, tracker)?.by).toBeUndefined();
  });

  it('counts free swap as headroom', () => {
    const tracker = new Tracker();
    tracker.advance(snapshotOf([], 0, { system: { available: 5, swapFree: 7 } }), 1000);
    expect(tracker.headroom?.value).toBe(12);
  });

  it('is not foretold in the first minute', () => {
    const { rows, tracker } = losing(0.8, 30);
    expect(exhaustionOf(rows, tracker)).toBeUndefined();
  });
});

describe('the exhaustion of the limit of a cgroup', () => {
  /** A cgroup that fills by 2 MiB/s; two processes grow, the faster one is not in it, or nothing is known of it. */
  function filling(others: string | undefined) {
    const tracker = new Tracker();
    let rows: readonly Row[] = [];
    for (let tick = 0; tick < 120; tick += 1) {
      const limit = { path: '/web', limit: 1000 * MIB, charged: (200 + 2 * tick) * MIB };
      const inside = processOf({ pid: 9, cgroup: '/web/a', rss: (100 + 2 * tick) * MIB, name: 'inside' });
      const outside = processOf({ pid: 10, ...(others && { cgroup: others }), rss: (100 + 5 * tick) * MIB });
      const more = { system: { total: 2 ** 40 }, groups: [{ path: '/web/a', limit }] };
      rows = tracker.advance(snapshotOf([inside, outside], tick * 1000, more), 1000);
    }
    return { rows, tracker };
  }

  it.each(['/other', '/web-2', undefined])('does not name a process of %s for it', (others) => {
    const { rows, tracker } = filling(others);
    expect(exhaustionOf(rows, tracker)).toMatchObject({ limit: { path: '/web' } });
    expect(exhaustionOf(rows, tracker)?.by?.row.label.name).toBe('inside');
  });

  it('makes suspects of the processes that grow, fastest first, so that their cgroups become known', () => {
    const { rows, tracker } = filling(undefined);
    expect(suspectsOf(rows, tracker).map((row) => row.process.who.pid)).toEqual([10, 9]);
    expect(suspectsOf(rows, new Tracker())).toEqual([]);
  });
});

describe('the limits of a process', () => {
  it('are its heap limit where an agent reports it', () => {
    const tracker = new Tracker();
    let rows: readonly Row[] = [];
    for (let tick = 0; tick < 120; tick += 1) {
      const heap = { runtime: 'node', used: (50 + tick) * MIB, limit: 256 * MIB } as const;
      rows = tracker.advance(snapshotOf([processOf({ pid: 9, heap }), processOf({ pid: 1 })], tick * 1000), 1000);
    }
    expect((forecastOf(rows[0] as Row, tracker.timeline)?.middle ?? 0) / 1000).toBeCloseTo(87, -1);
    expect(forecastOf(rows[1] as Row, tracker.timeline)).toBeUndefined();
  });
});
