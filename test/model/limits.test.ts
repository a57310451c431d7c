import { describe, expect, it } from 'vitest';
import { exhaustionOf, forecastOf } from '../../src/model/limits.ts';
import { type Row, Tracker } from '../../src/model/tracker.ts';
import { MEMORY, processOf, snapshotOf } from '../helpers/reports.ts';

const MIB = 2 ** 20;

/** A machine that loses a MiB a second, of which the script takes a share. */
function losing(share: number, ticks = 120): { rows: readonly Row[]; tracker: Tracker } {
  const tracker = new Tracker();
  let rows: readonly Row[] = [];
  for (let tick = 0; tick < ticks; tick += 1) {
    const system = { ...MEMORY, available: (1000 - tick) * MIB, swapTotal: 0, swapFree: 0 };
    const script = processOf({ pid: 9, name: 'script', rss: (100 + tick * share) * MIB });
    rows = tracker.advance(snapshotOf([processOf({ pid: 1 }), script], tick * 1000, { system }), 1000);
  }
  return { rows, tracker };
}

describe('the exhaustion of the machine', () => {
  it('names who grows most when that explains at least half of it', () => {
    const { rows, tracker } = losing(0.8);
    const found = exhaustionOf(rows, tracker);
    expect(found?.by?.row.label.name).toBe('script');
    expect((found?.forecast.middle ?? 0) / 1000).toBeCloseTo(881, -1.5);
  });

  it('names nobody when no one explains half of it', () => {
    const { rows, tracker } = losing(0.3);
    expect(exhaustionOf(rows, tracker)).toMatchObject({ forecast: {} });
    expect(exhaustionOf(rows, tracker)?.by).toBeUndefined();
  });

  it('counts free swap as room', () => {
    const tracker = new Tracker();
    tracker.advance(snapshotOf([], 0, { system: { available: 5, swapFree: 7 } }), 1000);
    expect(tracker.room?.value).toBe(12);
  });

  it('is not foretold in the first minute', () => {
    const { rows, tracker } = losing(0.8, 30);
    expect(exhaustionOf(rows, tracker)).toBeUndefined();
  });
});

describe('the limits of a process', () => {
  it('are its heap limit where an agent tells it', () => {
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
