import { describe, expect, it } from 'vitest';
import type { State } from '../../../src/app/state/state.ts';
import { wantedBy } from '../../../src/app/view/needs.ts';
import type { Process } from '../../../src/model/snapshot/snapshot.ts';
import { press, serverProcesses, watched } from '../../helpers/states.ts';

const COLUMNS = ['pid', 'rss', 'pss', 'command'] as const;
const SMALL = { columns: 80, rows: 9 };

/** The PIDs whose PSS and USS are wanted. */
function shared(state: State): number[] {
  const { measures, everyMeasure, visible, keeps } = wantedBy(state);
  if (!measures.has('pss')) return [];
  const isWanted = ({ who }: Process) => (everyMeasure ? true : visible.has(who.pid));
  return serverProcesses(0)
    .filter((process) => isWanted(process) && (!everyMeasure || keeps === undefined || keeps(process)))
    .map(({ who }) => who.pid)
    .sort((one, other) => one - other);
}

describe('cgroups are wanted', () => {
  it('of the rows on the screen with the usual columns: the nearest limit may be one of theirs', () => {
    const { measures, everyMeasure, visible } = wantedBy(watched({}, SMALL));
    expect(measures.has('cgroup')).toBe(true);
    expect(everyMeasure).toBe(false);
    expect(visible.size).toBeGreaterThan(0);
  });
});

describe('PSS and USS', () => {
  it('are not wanted where no column shows them', () => {
    expect(shared(watched({}, SMALL))).toEqual([]);
  });

  it('of the rows on the screen', () => {
    expect(shared(watched({ columns: COLUMNS }, SMALL))).toEqual([842, 1311, 1502, 4711, 9122]);
  });

  it('of tagged rows too, wherever they are', () => {
    const state = press(watched({ columns: COLUMNS }, SMALL), 'G', 'space', 'g').state;
    expect(shared(state)).toEqual([1, 842, 1311, 1502, 4711, 9122]);
  });

  it('of all where the table is sorted by them', () => {
    const sorted = watched({ sort: { column: 'uss', descending: true } }, SMALL);
    expect(shared(sorted)).toEqual([1, 2, 842, 1311, 1502, 4711, 9122]);
  });

  it('then only of those that the filter keeps', () => {
    const sorted = watched({ sort: { column: 'pss', descending: true }, filter: 'node' }, SMALL);
    expect(shared(sorted)).toEqual([1311]);
  });

  it('of the rows on the screen only where another measure is sorted by', () => {
    const sorted = watched({ columns: COLUMNS, sort: { column: 'peak', descending: true } }, SMALL);
    expect(shared(sorted).length).toBeLessThan(6);
  });
});
