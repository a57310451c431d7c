import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../src/model/arrangement/groups.ts';
import type { Column } from '../../../src/model/columns/column.ts';
import { COLUMNS, columnOf } from '../../../src/model/columns/columns.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';
import { keyOf, membersOf, tallyOf } from '../../../src/model/rows/members.ts';
import { GROUPINGS, type Grouping, type Row } from '../../../src/model/rows/row.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { FORBIDDEN, HOSTILE, processOf, rowsOf, START, snapshotOf } from '../../helpers/reports.ts';

const MOMENT = { time: START, timeline: new Timeline() };
const style = (by: Grouping, id = 'rss', opened: string[] | undefined = []) => ({
  by,
  order: { column: columnOf(id) as Column, descending: true },
  moment: MOMENT,
  opened: opened && new Set(opened),
});
const reported = (rows: readonly Row[]) =>
  rows.map(({ group, process }) => [group?.title, group?.members.length, process.rss]);

const ROWS = rowsOf(
  { pid: 1, rss: 10, name: 'init', user: 'root', cgroup: '/init.scope' },
  { pid: 20, rss: 50, name: 'node', user: 'www', cgroup: '/system.slice/web.service', swap: 4, state: 'R' },
  { pid: 21, rss: 60, name: 'node', user: 'ada', cgroup: '/system.slice/web.service/worker', startedAt: START - 5 },
  { pid: 30, rss: 90, name: 'python3', user: 'ada' },
);

describe('groups', () => {
  it('are by name, user or cgroup, the largest first', () => {
    expect(reported(groupsOf(ROWS, style('name')))).toEqual([
      ['node', 2, 110],
      ['python3', 1, 90],
      ['init', 1, 10],
    ]);
    expect(reported(groupsOf(ROWS, style('user')))).toEqual([
      ['ada', 2, 150],
      ['www', 1, 50],
      ['root', 1, 10],
    ]);
    expect(reported(groupsOf(ROWS, style('cgroup')))).toEqual([
      ['web.service', 2, 110],
      ['cgroup unknown', 1, 90],
      ['init.scope', 1, 10],
    ]);
  });

  it('add up what adds up, keep what all have in common, and leave out the rest', () => {
    const row = groupsOf(ROWS, style('name'))[0];
    expect(row?.process).toEqual({
      who: {
        pid: 0,
        ppid: 0,
        startTime: 0,
        startedAt: START - 60_000,
        name: 'node',
        command: 'node',
        user: 'several',
        kernel: false,
      },
      state: '',
      rss: 110,
      swap: 4,
    });
    expect(columnOf('pid')?.text(row as Row, MOMENT, {} as never)).toBe('x2');
    expect(columnOf('ppid')?.value(row as Row, MOMENT)).toBeUndefined();
  });

  it('show their members when opened, which are counted once', () => {
    const rows = groupsOf(ROWS, style('name', 'rss', ['name node']));
    expect(rows.map((row) => row.group?.title ?? row.process.who.pid)).toEqual(['node', 21, 20, 'python3', 'init']);
    expect(tallyOf(rows)).toEqual({ processes: 4, groups: 3, rss: 210 });
  });

  it('are sorted by every column, those that are equal by their titles', () => {
    for (const { id } of COLUMNS) expect(groupsOf(ROWS, style('name', id))).toHaveLength(3);
    const equal = rowsOf({ pid: 1, name: 'b' }, { pid: 2, name: 'a' });
    expect(reported(groupsOf(equal, style('name'))).map(([title]) => title)).toEqual(['a', 'b']);
    expect(groupsOf(ROWS, style('name', 'pid'))[0]?.group?.title).toBe('node');
  });

  it('have titles that do nothing to a terminal', () => {
    const rows = rowsOf(...HOSTILE.map((text, pid) => ({ pid, name: text, user: text, cgroup: `/${text}` })));
    for (const by of GROUPINGS) {
      for (const { group } of groupsOf(rows, style(by))) expect(group?.title).not.toMatch(FORBIDDEN);
    }
  });

  it('hold every process exactly once, with equal sums', () => {
    const process = fc.record({
      pid: fc.nat(50),
      rss: fc.nat(1000),
      name: fc.constantFrom('a', 'b', ''),
      user: fc.constantFrom('x', 'y'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(process, { selector: ({ pid }) => pid }),
        fc.constantFrom(...GROUPINGS),
        (facts, by) => {
          const rows = rowsOf(...facts);
          const groups = groupsOf(rows, style(by, 'rss', undefined));
          expect(new Set(groups.map(keyOf)).size).toBe(groups.length);
          expect(
            groups
              .flatMap((row) => membersOf(row))
              .map(keyOf)
              .sort(),
          ).toEqual(rows.map(keyOf).sort());
          expect(tallyOf(groups)).toMatchObject({
            processes: rows.length,
            rss: rows.reduce((sum, row) => sum + row.process.rss, 0),
          });
        },
      ),
    );
  });
});

describe('the history of a group', () => {
  it('is the sum of its members’, and so is its growth', () => {
    const tracker = new Tracker();
    let rows: readonly Row[] = [];
    for (let tick = 0; tick < 20; tick += 1) {
      const late = tick < 10 ? [] : [processOf({ pid: 3, name: 'w', rss: 500 })];
      const growing = [1, 2].map((pid) => processOf({ pid, name: 'w', rss: 1000 + pid * tick * 2 }));
      rows = tracker.advance(snapshotOf([...growing, ...late], tick * 2000), 2000);
    }
    const row = groupsOf(rows, style('name'))[0] as Row;
    const { timeline } = tracker;
    expect(row.rss.growth(timeline)).toBeCloseTo(1 + 2);
    expect(row.rss.value).toBe(1038 + 1076 + 500);
    const cells = row.rss.cells(timeline, 15);
    expect(cells.at(-1)).toBe(row.rss.value);
    const parts = rows.map((each) => each.rss.cells(timeline, 15));
    expect(cells).toEqual(cells.map((_, at) => parts.reduce((sum, part) => sum + (part[at] || 0), 0) || Number.NaN));
  });
});
