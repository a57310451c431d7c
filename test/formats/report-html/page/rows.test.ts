import { expect, it } from 'vitest';
import { REPORT_COLUMNS } from '../../../../src/formats/report-html/page/columns.ts';
import { matches, orderAfter, sorted } from '../../../../src/formats/report-html/page/rows.ts';
import type { ReportedProcess } from '../../../../src/formats/report-html/report-data.ts';

function rowOf(given: Partial<ReportedProcess> & { readonly pid: number }): ReportedProcess {
  return { name: 'node', command: 'node app.js', peak: 1, peakAt: 0, last: 1, lastAt: 0, ...given };
}

function columnOf(id: string) {
  return REPORT_COLUMNS.find((column) => column.id === id)!;
}

it('Sorts numbers as numbers, and what is not known comes last in either direction', () => {
  const rows = [
    rowOf({ pid: 1, growth: 9 }),
    rowOf({ pid: 2 }),
    rowOf({ pid: 3, growth: 100 }),
    rowOf({ pid: 4, growth: -5 }),
  ];
  const pids = (isDescending: boolean) =>
    sorted(rows, { column: columnOf('growth'), isDescending }).map(({ pid }) => pid);
  expect([pids(true), pids(false)]).toEqual([
    [3, 1, 4, 2],
    [4, 1, 3, 2],
  ]);
});

it('Sorts an ended process last by its last size', () => {
  const rows = [rowOf({ pid: 1, last: 900, hasEnded: true }), rowOf({ pid: 2, last: 5 })];
  expect(sorted(rows, { column: columnOf('last'), isDescending: true }).map(({ pid }) => pid)).toEqual([2, 1]);
});

it('A title sorts sizes from high to low and names from A to Z at first, and turns the order when it is chosen again', () => {
  const byPeak = { column: columnOf('peak'), isDescending: true };
  expect(orderAfter(byPeak, columnOf('peak')).isDescending).toBe(false);
  expect(orderAfter(byPeak, columnOf('name')).isDescending).toBe(false);
  expect(orderAfter(byPeak, columnOf('growth')).isDescending).toBe(true);
});

it('A filter wants every word, anywhere and in any case', () => {
  const row = rowOf({ pid: 4711, name: 'Postgres', command: 'postgres: writer', user: 'pg', pattern: 'growing' });
  expect(['', 'WRITER post', '4711', 'pg growing running'].map((filter) => matches(row, filter))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['writer nginx', 'ended'].map((filter) => matches(row, filter))).toEqual([false, false]);
});
