import { describe, expect, it } from 'vitest';
import type { State } from '../../src/app/state/state.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, processOf } from '../helpers/snapshots.ts';
import { press, serverProcesses, watched } from '../helpers/states.ts';

const SIZE = { columns: 80, rows: 24 };

/** The small server and sixty idle processes; its node server, and the last of the idle ones, have an agent. */
function processes(tick: number): Process[] {
  const idle = Array.from({ length: 60 }, (_, index) =>
    processOf({ who: { pid: 20_000 + index, name: 'idle', command: 'idle' }, rss: (60 - index) * 1024 }),
  );
  const heap = { runtime: 'node' as const, used: MEBIBYTE, total: 2 * MEBIBYTE };
  return [...serverProcesses(tick), ...idle].map((each) =>
    [1311, 20_059].includes(each.who.pid) ? { ...each, heap } : each,
  );
}

const ids = (state: State) => state.layout.columns.map(({ column }) => column.id);
const filtered = (filter: string) => press(watched({}, SIZE, 5, processes), '/', ...filter, 'enter').state;

describe('the columns of agents at 80 columns', () => {
  it('are shown where a process of the table has an agent, whichever part of it is on the screen', () => {
    const state = watched({}, SIZE, 5, processes);
    expect(ids(state)).toContain('heap');
    for (const key of ['down', 'pagedown', 'G', 'g']) expect(ids(press(state, key).state), key).toContain('heap');
    expect(ids(filtered('node'))).toContain('heap');
  });

  it('give way where the filter keeps none that has, and come back with the filter', () => {
    const postgres = filtered('postgres');
    expect(ids(postgres)).not.toContain('heap');
    expect(ids(postgres)).toEqual(ids(watched({}, SIZE, 5)));
    expect(ids(press(postgres, 'escape').state)).toContain('heap');
  });

  it('are shown for groups and folded subtrees of which a member has an agent', () => {
    const grouped = press(watched({}, SIZE, 5, processes), 'b').state;
    expect(grouped.shown.some(({ group }) => group !== undefined)).toBe(true);
    expect(ids(grouped)).toContain('heap');
  });
});
