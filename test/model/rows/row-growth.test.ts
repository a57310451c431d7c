import { describe, expect, it } from 'vitest';
import { exhaustionOf } from '../../../src/model/rows/exhaustion.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { growthOf, judgementOf } from '../../../src/model/rows/row-growth.ts';
import { sumRow } from '../../../src/model/rows/sum-row.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { MEMORY, processOf, snapshotOf } from '../../helpers/reports.ts';

const MIB = 2 ** 20;
interface Reading {
  readonly rss: number;
  readonly swap?: number;
}

/** Follows a process, in MiB, read every second, on a machine that loses 10 MiB/s of swap. */
function follow(seconds: number, reading: (second: number) => Reading) {
  const tracker = new Tracker();
  let rows: readonly Row[] = [];
  for (let second = 0; second <= seconds; second += 1) {
    const { rss, swap } = reading(second);
    const process = processOf({ pid: 9, rss: rss * MIB, ...(swap !== undefined && { swap: swap * MIB }) });
    const system = { ...MEMORY, available: 100 * MIB, swapTotal: 8192 * MIB, swapFree: (8000 - 10 * second) * MIB };
    rows = tracker.advance(snapshotOf([process], second * 1000, { system }), 1000);
  }
  return { row: rows[0] as Row, rows, tracker };
}

describe('the growth of a process that is swapped out', () => {
  it('at an RSS of 500 MiB with swap that grows by 10 MiB/s is 10 MiB/s, and it is named in the forecast', () => {
    const { row, rows, tracker } = follow(180, (second) => ({ rss: 500, swap: 10 * second }));
    expect(row.rss.growth(tracker.timeline)).toBe(0);
    expect((growthOf(row, tracker.timeline) ?? 0) / MIB).toBeCloseTo(10, 1);
    expect(judgementOf(row, tracker.timeline)?.pattern).toBe('growing');
    expect(exhaustionOf(rows, tracker)?.by?.row).toBe(row);
  });

  it('is steady while memory only moves from RSS to swap', () => {
    const { row, tracker } = follow(120, (second) => ({ rss: 800 - 4 * second, swap: 4 * second }));
    expect(judgementOf(row, tracker.timeline)).toMatchObject({ pattern: 'steady' });
    expect(growthOf(row, tracker.timeline)).toBe(0);
  });

  it('keeps what RSS did before swap moved', () => {
    const { row, tracker } = follow(200, (second) => ({
      rss: Math.min(300, 100 + second),
      swap: Math.max(0, second - 190),
    }));
    expect(judgementOf(row, tracker.timeline)?.pattern).toBe('growing');
    expect((growthOf(row, tracker.timeline) ?? 0) / MIB).toBeCloseTo(1, 1);
  });

  it('is that of RSS where swap is not known, or does not move', () => {
    for (const swap of [undefined, 50]) {
      const { row, tracker } = follow(90, (second) => ({ rss: 100 + second, ...(swap !== undefined && { swap }) }));
      expect(row.total).toBeUndefined();
      expect((growthOf(row, tracker.timeline) ?? 0) / MIB).toBeCloseTo(1, 1);
    }
  });

  it('is in the sum of a group', () => {
    const { row, tracker } = follow(180, (second) => ({ rss: 500, swap: 10 * second }));
    const group = sumRow([row], row.label);
    expect((growthOf(group, tracker.timeline) ?? 0) / MIB).toBeCloseTo(10, 1);
  });
});
