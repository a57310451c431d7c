import { describe, expect, it } from 'vitest';
import type { Column } from '../../../src/model/columns/column.ts';
import {
  columnsIn,
  columnsOfSet,
  DEFAULT_COLUMNS,
  SORTED_FIRST,
  WIDE_COLUMNS,
} from '../../../src/model/columns/column-sets.ts';
import { COLUMNS } from '../../../src/model/columns/columns.ts';

const all: readonly Column[] = COLUMNS;

describe('the sets of columns', () => {
  it('are those that hold by default, in order', () => {
    expect(DEFAULT_COLUMNS.join()).toBe('pid,user,rss,growth,trend,peak,cpu,heap,age,command');
    expect(WIDE_COLUMNS.join()).toBe('pid,user,rss,growth,pattern,trend,peak,swap,cpu,threads,heap,gc,age,command');
    expect(
      columnsOfSet('printed')
        .map(({ id }) => id)
        .join(),
    ).toBe('pid,user,rss,growth,peak,cpu,age,command');
    expect(
      columnsOfSet('csv')
        .map(({ id }) => id)
        .join(),
    ).toBe('pid,ppid,user,state,name,rss,virtual,threads,cpu,growth,age,command');
    expect(
      columnsOfSet('json')
        .map(({ id, json }) => json?.name ?? id)
        .join(),
    ).toBe(
      'pid,ppid,startedAt,name,command,user,state,rss,virtual,peak,pss,uss,shared,swap,threads,cpuPercent,growth,exhaustedAt,cgroup,heap',
    );
    expect(SORTED_FIRST).toBe('rss');
  });

  it('have no two columns in one place', () => {
    for (const set of ['narrow', 'wide', 'printed', 'csv', 'json'] as const) {
      const places = columnsOfSet(set).map(({ sets }) => sets?.[set]);
      expect(new Set(places).size).toBe(places.length);
    }
  });

  it('gain the sums of subtrees in the tree, and lose in groups what does not add up', () => {
    expect(columnsIn('tree', ['rss', 'peak', 'command'])).toEqual(['rss', 'peak', 'subtree', 'command']);
    expect(columnsIn('user', ['rss', 'peak', 'command'])).toEqual(['rss', 'command']);
    expect(columnsIn('list', ['rss', 'peak', 'command'])).toEqual(['rss', 'peak', 'command']);
  });
});

describe('what only one column can be', () => {
  it('is one column at most', () => {
    for (const flag of ['flex', 'isPid', 'isTrend', 'isSortedFirst'] as const)
      expect(all.filter((column) => column[flag]).length).toBe(1);
  });

  it('is sorted as a column that there is', () => {
    for (const { sortsAs } of all) if (sortsAs !== undefined) expect(all.some(({ id }) => id === sortsAs)).toBe(true);
  });
});
