import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/model/columns/column.ts';
import { columnOf } from '../../../src/model/columns/columns.ts';
import { isStale, pssText } from '../../../src/model/columns/pss-cells.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';
import { pssTotalOf, pssTotalText } from '../../../src/model/rows/pss-total.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { SmapsSums } from '../../../src/model/snapshot/smaps.ts';
import { BLOCKS } from '../../../src/text/sparkline.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';

const SMAPS: SmapsSums = {
  pss: 8 * MEBIBYTE,
  uss: 7 * MEBIBYTE,
  shared: 3 * MEBIBYTE,
  rss: 10 * MEBIBYTE,
  readAt: NOON,
  cost: 0.1,
};

/** A moment N seconds after noon, samples being two seconds apart. */
function momentAt(seconds: number) {
  const timeline = new Timeline();
  for (const at of [0, 2000]) timeline.advance(at, 2000);
  return { time: NOON + seconds * 1000, timeline };
}

const still = processOf({ who: { pid: 7 }, smaps: SMAPS });
const moved = processOf({ who: { pid: 7 }, rss: 11 * MEBIBYTE, smaps: SMAPS });
const denied = processOf({ who: { pid: 7 }, smapsGap: 'denied' });

const STYLE = { sparklines: BLOCKS, width: 6, wholeCommands: false, still: '·' };

describe('a reading of PSS and USS', () => {
  it('is stale after two intervals when RSS has moved since', () => {
    expect([0, 4, 5].map((seconds) => isStale(moved, momentAt(seconds)))).toEqual([false, false, true]);
  });

  it('of an idle process is stale when it should have been read again', () => {
    expect([5, 14, 15].map((seconds) => isStale(still, momentAt(seconds)))).toEqual([false, false, true]);
  });

  it('that is stale is marked without colour too', () => {
    expect(pssText(moved, ({ uss }) => uss, momentAt(3), STYLE)).toBe('7.00M');
    expect(pssText(moved, ({ uss }) => uss, momentAt(5), STYLE)).toBe('~7.00M');
  });

  it('shows when it was denied, and is blank when it was not taken', () => {
    expect(pssText(denied, ({ pss }) => pss, momentAt(0), STYLE)).toBe('denied');
    expect(pssText(processOf({ who: { pid: 7 } }), ({ pss }) => pss, momentAt(0), STYLE)).toBe('');
  });

  it('fits its column, however large and stale', () => {
    const large = { ...moved, smaps: { ...SMAPS, pss: 1023 * MEBIBYTE } };
    const [row] = new Tracker().advance(snapshotOf([large]), 2000);
    for (const id of ['pss', 'uss', 'shared']) {
      const column = columnOf(id) as Column;
      expect(row && column.text(row, momentAt(60), STYLE).length).toBeLessThanOrEqual(column.width);
    }
  });
});

describe('the total of several processes', () => {
  const totalText = (...processes: Parameters<typeof pssTotalOf>[0][]) =>
    pssTotalText(
      pssTotalOf(
        processes.flatMap((some) => [...some]),
        NOON,
      ),
    );

  it('is of PSS where all are known', () => {
    expect(totalText([still, moved])).toBe('PSS 16.0M');
  });

  it('is of RSS where none is', () => {
    expect(totalText([denied, denied])).toBe('RSS 20.0M');
  });

  it('shows the number of processes of each measure where some are known', () => {
    expect(totalText([still, moved, denied])).toBe('PSS 16.0M of 2, RSS 10.0M of 1');
  });

  it('takes no reading that is older than a minute', () => {
    expect(pssTotalText(pssTotalOf([still], NOON + 61_000))).toBe('RSS 10.0M');
  });

  it('leaves out those that have no memory', () => {
    expect(totalText([still, processOf({ who: { pid: 2, kernel: true }, rss: 0 })])).toBe('PSS 8.00M');
  });
});
