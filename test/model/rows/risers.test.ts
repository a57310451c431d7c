// Few rows are judged instead of all: the row that is named, and what is said of the rows on the screen, stay the same.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MIB } from '../../../bench/curves.ts';
import { mixedCourses } from '../../../bench/mixed-courses.ts';
import { fastestOf } from '../../../src/model/rows/consequence.ts';
import { risersOf } from '../../../src/model/rows/risers.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { judgementOf } from '../../../src/model/rows/row-growth.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { processOf, snapshotOf } from '../../helpers/snapshots.ts';

const ROWS = 100;

/** One snapshot of all courses for each tick, so that several trackers see the same. */
function* snapshots(seed: number, ticks: number) {
  const courses = mixedCourses(seed, { count: ROWS, gain: [0.02, 1], ticks: 400 });
  for (let tick = 0; tick < ticks; tick += 1) {
    const processes = courses.map((course, index) =>
      processOf({ who: { pid: index + 1 }, rss: Math.round(course(tick) / 4096) * 4096 }),
    );
    yield snapshotOf(processes, tick * 2);
  }
}

const judgementsOf = (rows: readonly Row[], tracker: Tracker) => rows.map((row) => judgementOf(row, tracker.timeline));

describe('the few rows that rose most', () => {
  it('have the row among them that all judgements name as the fastest, in 95 of 100 ticks', () => {
    let [same, ticks] = [0, 0];
    for (const seed of [1, 2]) {
      const [all, few] = [new Tracker(), new Tracker()];
      for (const snapshot of snapshots(seed, 160)) {
        const fastest = fastestOf(all.advance(snapshot, 2000), all.timeline);
        const rows = few.advance(snapshot, 2000);
        const risers = risersOf(rows, few.timeline);
        expect(risers.length).toBeLessThanOrEqual(32);
        ticks += 1;
        same += Number(fastestOf(risers, few.timeline)?.process.who.pid === fastest?.process.who.pid);
      }
    }
    expect(same / ticks).toBeGreaterThan(0.95);
  });

  it('have a leak among them from its first seconds, however long it was calm and however much others swing', () => {
    const tracker = new Tracker();
    const leak = 50;
    const found: number[] = [];
    let tick = 0;
    for (const snapshot of snapshots(4, 300)) {
      const grown = Math.max(0, tick - 270) * 200 * MIB;
      const processes = snapshot.processes.map((one) =>
        one.who.pid === leak ? { ...one, rss: 64 * MIB + grown } : one,
      );
      const rows = tracker.advance({ ...snapshot, processes }, 2000);
      if (risersOf(rows, tracker.timeline).some((row) => row.process.who.pid === leak)) found.push(tick);
      tick += 1;
    }
    expect(found[0]).toBeLessThanOrEqual(273);
    expect(found.at(-1)).toBe(299);
  });

  it('leave out what has not moved, and are all rows where there are no more than eight', () => {
    const tracker = new Tracker();
    const still = Array.from({ length: 20 }, (_, index) => processOf({ who: { pid: index + 1 }, rss: 100 * MIB }));
    let rows: readonly Row[] = [];
    for (let tick = 0; tick < 10; tick += 1) rows = tracker.advance(snapshotOf(still, tick * 2), 2000);
    expect(risersOf(rows, tracker.timeline)).toEqual([]);
    expect(risersOf(rows.slice(0, 8), tracker.timeline)).toEqual(rows.slice(0, 8));
  });
});

describe('a row that is judged in every tick', () => {
  it('has the same judgements whether or not other rows are judged', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 0, max: ROWS - 5 }), (seed, first) => {
        const [all, few] = [new Tracker(), new Tracker()];
        for (const snapshot of snapshots(seed, 40)) {
          const judged = judgementsOf(all.advance(snapshot, 2000), all);
          const shown = few.advance(snapshot, 2000).slice(first, first + 5);
          expect(judgementsOf(shown, few)).toEqual(judged.slice(first, first + 5));
        }
      }),
      { numRuns: 5 },
    );
  });

  it('that was not judged before has the judgement of its newest readings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 6, max: 60 }), (seed, ticks) => {
        const [one, other] = [new Tracker(), new Tracker()];
        let [rows, rowsOfOther]: (readonly Row[])[] = [[], []];
        for (const snapshot of snapshots(seed, ticks)) {
          rows = one.advance(snapshot, 2000);
          rowsOfOther = other.advance(snapshot, 2000);
          for (const row of risersOf(rowsOfOther, other.timeline).slice(0, 3)) {
            if (row.process.who.pid > 5) judgementOf(row, other.timeline);
          }
        }
        expect(judgementsOf((rowsOfOther ?? []).slice(0, 5), other)).toEqual(
          judgementsOf((rows ?? []).slice(0, 5), one),
        );
      }),
      { numRuns: 10 },
    );
  });
});
