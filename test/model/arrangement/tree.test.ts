import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOX_LINES, branchText } from '../../../src/model/arrangement/branch-lines.ts';
import { select } from '../../../src/model/arrangement/select-and-sort.ts';
import { treeOf } from '../../../src/model/arrangement/tree.ts';
import type { Column } from '../../../src/model/columns/column.ts';
import { COLUMNS, columnOf } from '../../../src/model/columns/columns.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';
import { keyOf, membersOf, tallyOf } from '../../../src/model/rows/members.ts';
import type { Row } from '../../../src/model/rows/row.ts';
import { rowsOf, START } from '../../helpers/reports.ts';

const MOMENT = { time: START, timeline: new Timeline() };
const style = (id: string, descending = true, ...folds: string[]) => ({
  order: { column: columnOf(id) as Column, descending },
  moment: MOMENT,
  folds: new Set(folds),
});
const pids = (rows: readonly Row[]) => rows.map((row) => row.process.who.pid);
const drawn = (rows: readonly Row[]) =>
  rows.map((row) => `${row.tree === undefined ? '' : branchText(row.tree, BOX_LINES, 40)}${row.process.who.pid}`);

/** A shell that is small and has large children, and a server of middling size. */
const ROWS = rowsOf(
  { pid: 1, ppid: 0, rss: 10, name: 'init' },
  { pid: 20, ppid: 1, rss: 50, name: 'server', command: 'server' },
  { pid: 30, ppid: 1, rss: 1, name: 'bash', command: 'bash' },
  { pid: 31, ppid: 30, rss: 40, name: 'python3', command: 'python3 a.py', swap: 7 },
  { pid: 32, ppid: 30, rss: 60, name: 'python3', command: 'python3 b.py', threads: 3 },
);

describe('the tree', () => {
  it('has the children under their parents, the larger subtree first', () => {
    expect(drawn(treeOf(ROWS, ROWS, style('rss')))).toEqual(['1', '├─ 30', '│ ├─ 32', '│ └─ 31', '└─ 20']);
  });

  it('is sorted the other way round too, and by what does not add up by the process itself', () => {
    expect(pids(treeOf(ROWS, ROWS, style('rss', false)))).toEqual([1, 20, 30, 31, 32]);
    expect(pids(treeOf(ROWS, ROWS, style('pid', false)))).toEqual([1, 20, 30, 31, 32]);
    expect(pids(treeOf(ROWS, ROWS, style('name', true)))).toEqual([1, 20, 30, 31, 32]);
  });

  it('has every row once for every column, both ways', () => {
    for (const { id } of COLUMNS) {
      for (const descending of [true, false])
        expect(pids(treeOf(ROWS, ROWS, style(id, descending))).sort()).toEqual([1, 20, 30, 31, 32]);
    }
  });

  it('shows the sum of a process and its descendants', () => {
    const shell = treeOf(ROWS, ROWS, style('rss')).find((row) => row.process.who.pid === 30);
    expect(shell?.tree?.total).toEqual({ count: 3, rss: 101 });
    expect(shell?.process.rss).toBe(1);
  });

  it('makes a folded subtree one row, the sum of it', () => {
    const rows = treeOf(ROWS, ROWS, style('rss', true, '30@30'));
    expect(drawn(rows)).toEqual(['1', '├+ 30', '└─ 20']);
    expect(rows[1]?.process).toMatchObject({ rss: 101, swap: 7, threads: 3 });
    expect(rows[1]?.process).not.toHaveProperty('peak');
    expect(pids(membersOf(rows[1] as Row)).sort()).toEqual([30, 31, 32]);
    expect(tallyOf(rows)).toEqual({ processes: 5, groups: 0, rss: 161 });
  });

  it('shows those above a match as context, and counts the matches alone', () => {
    const kept = select(ROWS, { filter: (row) => row.label.search.includes('a.py'), kernel: false });
    const rows = treeOf(ROWS, kept, style('rss'));
    expect(drawn(rows)).toEqual(['1', '└─ 30', '  └─ 31']);
    expect(rows.map((row) => row.tree?.isContext)).toEqual([true, true, false]);
    expect(tallyOf(rows)).toEqual({ processes: 1, groups: 0, rss: 40 });
    const folded = treeOf(ROWS, kept, style('rss', true, '30@30'));
    expect(drawn(folded)).toEqual(['1', '└+ 30']);
    expect(tallyOf(folded)).toEqual({ processes: 1, groups: 0, rss: 40 });
  });

  it('draws as many branch lines as fit', () => {
    const chain = rowsOf(...Array.from({ length: 5000 }, (_, index) => ({ pid: index + 1, ppid: index })));
    const rows = treeOf(chain, chain, style('rss'));
    expect(rows).toHaveLength(5000);
    expect(drawn(rows.slice(0, 3))).toEqual(['1', '└─ 2', '  └─ 3']);
    const branch = rows[4999]?.tree;
    expect(branch && branchText(branch, BOX_LINES, 10)).toBe('…      └─ ');
    expect(branch && branchText(branch, BOX_LINES, 0)).toBe('…└─ ');
  });

  it('has every process exactly once and the same sum, whatever the parent ids and whatever is folded', () => {
    const process = fc.record({
      pid: fc.integer({ min: 1, max: 15 }),
      ppid: fc.integer({ min: 0, max: 16 }),
      startTime: fc.integer({ min: 1, max: 2 }),
      rss: fc.nat(1000),
    });
    const all = fc.uniqueArray(process, { selector: ({ pid }) => pid });
    fc.assert(
      fc.property(all, fc.array(fc.nat(20)), fc.boolean(), (facts, folded, descending) => {
        const rows = rowsOf(...facts);
        const folds = folded.map((at) => rows[at % (rows.length || 1)]).filter((row) => row !== undefined);
        const tree = treeOf(rows, rows, style('rss', descending, ...folds.map(keyOf)));
        const counted = tree.flatMap((row) => membersOf(row).map((member) => member.process.who.pid));
        expect(counted.sort()).toEqual(rows.map((row) => row.process.who.pid).sort());
        const sum = rows.reduce((total, row) => total + row.process.rss, 0);
        expect(tallyOf(tree)).toEqual({ processes: rows.length, groups: 0, rss: sum });
        const roots = tree.filter((row) => row.tree?.depth === 0);
        expect(roots.reduce((total, row) => total + (row.tree?.total.rss ?? 0), 0)).toBe(sum);
      }),
    );
  });
});
