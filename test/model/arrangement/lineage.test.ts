import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_PARENT, parentsOf } from '../../../src/model/arrangement/lineage.ts';
import { rowsOf } from '../../helpers/reports.ts';

describe('parents', () => {
  it('are found by the parent id', () => {
    expect([...parentsOf(rowsOf({ pid: 1, ppid: 0 }, { pid: 5, ppid: 1 }, { pid: 7, ppid: 5 }))]).toEqual([
      NO_PARENT,
      0,
      1,
    ]);
  });

  it('are missing for an orphan, for a child of itself, and for a process older than the one with its parent ID', () => {
    const rows = rowsOf(
      { pid: 4, ppid: 99 },
      { pid: 5, ppid: 5 },
      { pid: 6, ppid: 3, startTime: 10 },
      { pid: 3, ppid: 0, startTime: 11 },
    );
    expect([...parentsOf(rows)]).toEqual([NO_PARENT, NO_PARENT, NO_PARENT, NO_PARENT]);
  });

  it('may have begun a little later where start times are wall clock', () => {
    const at = (time: number) => ({ startTime: time, startedAt: time });
    const rows = rowsOf(
      { pid: 1, ppid: 0, ...at(5000) },
      { pid: 2, ppid: 1, ...at(4000) },
      { pid: 3, ppid: 1, ...at(2000) },
    );
    expect([...parentsOf(rows)]).toEqual([NO_PARENT, 0, NO_PARENT]);
  });

  it('that make a circle are opened at its lowest pid', () => {
    const circle = rowsOf(
      { pid: 9, ppid: 4, startTime: 1 },
      { pid: 4, ppid: 7, startTime: 1 },
      { pid: 7, ppid: 9, startTime: 1 },
      { pid: 8, ppid: 9, startTime: 1 },
    );
    expect([...parentsOf(circle)]).toEqual([1, NO_PARENT, 0, 0]);
  });

  it('are a forest whatever was read, and of a chain of 20,000', () => {
    const chain = rowsOf(
      ...Array.from({ length: 20_000 }, (_, index) => ({ pid: index + 1, ppid: index, startTime: 1 })),
    );
    expect(parentsOf(chain).filter((parent) => parent === NO_PARENT)).toHaveLength(1);
    const process = fc.record({
      pid: fc.integer({ min: 1, max: 12 }),
      ppid: fc.integer({ min: 0, max: 13 }),
      startTime: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(process, { selector: ({ pid }) => pid }), (facts) => {
        const parents = parentsOf(rowsOf(...facts));
        for (let place = 0; place < parents.length; place += 1) {
          let steps = 0;
          for (let at = place; at !== NO_PARENT && steps <= parents.length; at = parents[at] as number) steps += 1;
          expect(steps).toBeLessThanOrEqual(parents.length);
        }
      }),
    );
  });
});
