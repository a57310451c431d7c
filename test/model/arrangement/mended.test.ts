import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Differences, differencesOf, mended } from '../../../src/model/arrangement/mended.ts';
import { sort } from '../../../src/model/arrangement/select-and-sort.ts';
import type { Column } from '../../../src/model/columns/column.ts';
import { COLUMNS, columnOf } from '../../../src/model/columns/columns.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { rowsOf, START } from '../../helpers/reports.ts';

const MOMENT = { time: START, timeline: new Timeline() };

/** Rows of two samples: processes that stay, change, exit and start, those that start last. */
const samples = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }), { maxLength: 120 })
  .chain((pids) =>
    fc.record({
      before: fc.constant(rowsOf(...pids.map((pid) => ({ pid, rss: (pid * 7) % 50, user: `user${pid % 3}` })))),
      fates: fc.array(fc.constantFrom('stays', 'stays', 'stays', 'changes', 'exits'), {
        minLength: pids.length,
        maxLength: pids.length,
      }),
      rss: fc.integer({ min: 0, max: 50 }),
      born: fc.uniqueArray(fc.integer({ min: 401, max: 500 }), { maxLength: 6 }),
    }),
  )
  .map(({ before, fates, rss, born }) => {
    const after = before.flatMap((row, index) => {
      if (fates[index] === 'exits') return [];
      return fates[index] === 'stays' ? [row] : rowsOf({ pid: row.process.who.pid, rss: rss + index });
    });
    return { before, after: [...after, ...rowsOf(...born.map((pid) => ({ pid, rss })))] };
  });

/** All that differs, however much it is. */
function allDifferences(before: readonly Row[], after: readonly Row[]): Differences {
  return { gone: before.filter((row) => !after.includes(row)), fresh: after.filter((row) => !before.includes(row)) };
}

const columns = fc.constantFrom(...(COLUMNS as readonly Column[]).filter(({ isOfTime }) => isOfTime !== true));

describe('an order that is mended', () => {
  it('is that of all rows sorted', () => {
    fc.assert(
      fc.property(samples, columns, fc.boolean(), ({ before, after }, column, descending) => {
        const order = { column, descending };
        const sorted = sort(before, order, MOMENT);
        const result = mended(sorted, allDifferences(before, after), { order, moment: MOMENT });
        expect(result).toEqual(sort(after, order, MOMENT));
      }),
    );
  });

  it('is given up where the rows were sorted otherwise', () => {
    const rows = rowsOf({ pid: 1, rss: 3 }, { pid: 2, rss: 9 }, { pid: 3, rss: 5 });
    const order = { column: columnOf('rss') as Column, descending: true };
    expect(mended(rows, { gone: rows.slice(0, 1), fresh: [] }, { order, moment: MOMENT })).toBeUndefined();
  });
});

describe('the differences between two samples', () => {
  it('are the rows that are not the same objects', () => {
    fc.assert(
      fc.property(samples, ({ before, after }) => {
        const expected = allDifferences(before, after);
        const found = differencesOf(before, after);
        const isFew = expected.gone.length + expected.fresh.length <= after.length / 8;
        if (isFew) expect(found).toEqual(expected);
        else expect(found).toBeUndefined();
      }),
    );
  });
});

describe('a column', () => {
  it.each((COLUMNS as readonly Column[]).filter(({ isOfTime }) => isOfTime !== true))(
    'that is not of time ($id) has the same value at every moment',
    (column) => {
      const [row] = rowsOf({ pid: 5, rss: 300, peak: 900, user: 'root', command: 'node a.js' });
      const later = new Timeline();
      for (let tick = 0; tick < 30; tick += 1) later.advance(tick * 1000, 1000);
      const moment = { time: START + 30_000, uptime: 99_000, timeline: later, memoryTotal: 2 ** 31 };
      expect(column.value(row as Row, moment)).toBe(column.value(row as Row, MOMENT));
    },
  );
});
