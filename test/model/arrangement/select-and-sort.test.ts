import { describe, expect, it } from 'vitest';
import { select, sort } from '../../../src/model/arrangement/select-and-sort.ts';
import type { Column } from '../../../src/model/columns/column.ts';
import { COLUMNS, columnOf } from '../../../src/model/columns/columns.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';
import { filterOf } from '../../helpers/queries.ts';
import { rowsOf, START } from '../../helpers/reports.ts';

const MOMENT = { time: START, timeline: new Timeline() };
const pids = (rows: readonly { process: { who: { pid: number } } }[]) => rows.map((row) => row.process.who.pid);
const ROWS = rowsOf(
  { pid: 5, rss: 300, peak: 9, user: 'root' },
  { pid: 2, rss: 100, kernel: true, name: 'kthreadd', command: '' },
  { pid: 9, rss: 300, user: 'ubuntu', command: 'node a.js' },
  { pid: 7, rss: 200, peak: 3, user: 'ubuntu', command: 'memtop node' },
);
const column = (id: string) => columnOf(id) as Column;

describe('the order', () => {
  it('is by the column’s key, and by PID among equals', () => {
    expect(pids(sort(ROWS, { column: column('rss'), descending: true }, MOMENT))).toEqual([5, 9, 7, 2]);
    expect(pids(sort(ROWS, { column: column('rss'), descending: false }, MOMENT))).toEqual([2, 7, 5, 9]);
  });

  it('puts unknown values last in both directions', () => {
    expect(pids(sort(ROWS, { column: column('peak'), descending: true }, MOMENT))).toEqual([5, 7, 2, 9]);
    expect(pids(sort(ROWS, { column: column('peak'), descending: false }, MOMENT))).toEqual([7, 5, 2, 9]);
  });

  it('is one of all rows for every column, both ways', () => {
    for (const each of COLUMNS) {
      for (const descending of [true, false]) {
        expect(pids(sort(ROWS, { column: each, descending }, MOMENT)).sort()).toEqual([2, 5, 7, 9]);
      }
    }
  });

  it('leaves the rows it was given as they were', () => {
    sort(ROWS, { column: column('rss'), descending: false }, MOMENT);
    expect(pids(ROWS)).toEqual([5, 2, 9, 7]);
  });
});

describe('the selection', () => {
  it('leaves out kernel threads by default', () => {
    expect(pids(select(ROWS, { kernel: false }))).toEqual([5, 9, 7]);
    expect(pids(select(ROWS, { kernel: true }))).toEqual([5, 2, 9, 7]);
  });

  it('keeps one user', () => {
    expect(pids(select(ROWS, { kernel: true, user: 'root' }))).toEqual([5]);
  });

  it('never filters memtop’s own process in, and keeps it without a filter and by PID', () => {
    const filter = filterOf('node');
    expect(pids(select(ROWS, { kernel: false, filter, self: 7 }))).toEqual([9]);
    expect(pids(select(ROWS, { kernel: false, self: 7 }))).toContain(7);
    expect(pids(select(ROWS, { kernel: false, filter, self: 7, pids: new Set([7]) }))).toEqual([7]);
  });

  it('keeps requested PIDs, kernel threads too, if the filter matches them', () => {
    expect(pids(select(ROWS, { kernel: false, pids: new Set([2, 5, 77]) }))).toEqual([5, 2]);
    expect(pids(select(ROWS, { kernel: false, pids: new Set([5, 9]), filter: filterOf('node') }))).toEqual([9]);
  });
});
