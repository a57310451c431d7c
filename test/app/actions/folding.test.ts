import { describe, expect, it } from 'vitest';
import { update } from '../../../src/app/actions/update.ts';
import type { State } from '../../../src/app/state/state.ts';
import { wantedBy } from '../../../src/app/view/needs.ts';
import { keyOf, membersOf } from '../../../src/model/rows/members.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { forestProcesses } from '../../helpers/forest.ts';
import { processOf, snapshotOf } from '../../helpers/snapshots.ts';
import { press, type SETTINGS, shownPids, watched } from '../../helpers/states.ts';

const forest = (settings: Partial<typeof SETTINGS> = {}, columns = 80) =>
  watched(settings, { columns, rows: 24 }, 10, forestProcesses);
const selected = (state: State) => state.shown[state.cursor];
const selectedPid = (state: State) => selected(state)?.process.who.pid;
const titles = (state: State) => state.shown.map((row) => row.group?.title ?? row.process.who.pid);

describe('t', () => {
  it('shows the tree and the list again, the selection staying on its process', () => {
    const list = press(forest(), 'down', 'down').state;
    const tree = press(list, 't').state;
    expect(tree.arrangement).toBe('tree');
    expect(selectedPid(tree)).toBe(selectedPid(list));
    expect(tree.shown.map((row) => row.tree?.depth)).toEqual([0, 1, 2, 3, 3, 1, 2, 3, 3, 1, 2, 2]);
    expect(press(tree, 'f5').state.shown).toEqual(list.shown);
  });

  it('is there from the start with -t', () => {
    expect(forest({ tree: true }).shown[0]?.tree).toBeDefined();
  });
});

describe('b', () => {
  it('goes from name to user to cgroup and back to the list, and has cgroups read at once', () => {
    const byName = press(forest(), 'b');
    expect(titles(byName.state)[0]).toBe('node');
    expect(byName.effects).toEqual([]);
    const byCgroup = press(byName.state, 'b', 'b');
    expect(titles(byCgroup.state)).toEqual([
      'docker 3f2a1b4c5d6e',
      'session 3 of uid 1000',
      'postgresql@15-main.service',
      'init.scope',
    ]);
    expect(byCgroup.effects).toEqual([{ do: 'sample' }]);
    expect(wantedBy(byCgroup.state)).toMatchObject({ ofEveryRow: new Set(['cgroup']), everyMeasure: false });
    expect(press(byCgroup.state, 'b').state).toMatchObject({
      arrangement: 'list',
      notice: expect.stringContaining('Flat list'),
    });
  });

  it('selects the group of the selected process, and its largest when the groups go', () => {
    const onWorker = press(forest(), '/', ...'worker', 'enter', 'k', 'escape').state;
    expect(selectedPid(onWorker)).toBe(1321);
    const byUser = press(onWorker, 'b', 'b').state;
    expect(selected(byUser)?.group?.title).toBe('www');
    expect(selectedPid(press(byUser, 'b', 'b').state)).toBe(1321);
  });
});

describe('folding', () => {
  it('makes a subtree one row and opens it again', () => {
    const onDatabase = press(forest({ tree: true }), 'g', ...new Array<string>(9).fill('down')).state;
    expect(selectedPid(onDatabase)).toBe(842);
    const folded = press(onDatabase, '-').state;
    expect(shownPids(folded)).not.toContain(851);
    expect(membersOf(selected(folded) as never)).toHaveLength(3);
    expect(press(folded, '+').state.shown).toEqual(onDatabase.shown);
    expect(press(folded, 'right').state.shown).toEqual(onDatabase.shown);
  });

  it('goes up to the parent where there is nothing to fold', () => {
    const onWorker = press(forest(), '/', ...'worker', 'enter', 'k', 'escape', 't').state;
    const onCluster = press(onWorker, 'left').state;
    expect(selectedPid(onCluster)).toBe(1311);
    expect(selectedPid(press(onCluster, 'left', 'left').state)).toBe(1300);
  });

  it('lasts from tick to tick, also while the process is out of sight, and ends with the process', () => {
    const folded = press(forest({ tree: true }), 'g', 'left', 't', 't').state;
    expect(shownPids(folded)).toEqual([1]);
    const tracker = new Tracker();
    const reused = [
      processOf({ who: { pid: 1, ppid: 0, startTime: 7 } }),
      processOf({ who: { pid: 50, startTime: 8 } }),
    ];
    const snapshot = snapshotOf(reused, 100);
    const view = { snapshot, rows: tracker.advance(snapshot, 2000), tracker };
    expect(shownPids(update(folded, { type: 'sampled', view }).state)).toEqual([1, 50]);
  });

  it('opens a group to its members', () => {
    const opened = press(forest({ group: 'user' }), 'g', '+').state;
    expect(titles(opened)).toEqual(['www', 1321, 1320, 1311, 'ubuntu', 'postgres', 'root']);
    expect(selected(press(opened, 'down', 'left').state)?.group?.title).toBe('www');
    expect(titles(press(opened, '-').state)).toEqual(['www', 'ubuntu', 'postgres', 'root']);
  });

  it('says in the list what it would need', () => {
    expect(press(forest(), '-').state.notice).toContain('press t for the tree');
  });
});

describe('the selection', () => {
  it('stays on a followed group when groups are sorted by something else', () => {
    const before = press(forest({ group: 'user' }), 'g', 'down', 'F').state;
    for (const key of ['P', 'D', 'N', 'I', 'T']) {
      expect(keyOf(selected(press(before, key).state) as never)).toBe(keyOf(selected(before) as never));
    }
  });

  it('stays on a followed process when siblings are sorted by something else', () => {
    const before = press(forest({ tree: true }), 'g', 'down', 'down', 'F').state;
    for (const key of ['P', 'D', 'N', 'I', 'T'])
      expect(selectedPid(press(before, key).state)).toBe(selectedPid(before));
  });
});

describe('what acts on a process', () => {
  it('refuses a row of several processes', () => {
    expect(press(forest({ group: 'name' }), 'g', 'c').state.notice).toBe(
      'node stands for 4 processes: press + to open it, then choose one',
    );
    expect(press(forest({ tree: true }), 'g', 'left', 'a').state.notice).toContain(
      'systemd (1) stands for 12 processes',
    );
  });

  it('takes the one member of a group of one', () => {
    const onScript = press(forest({ group: 'name' }), ...'/python', 'enter').state;
    expect(press(onScript, 'c').state.notice).toContain('python3 (9122) has no agent');
  });
});

describe('what is read', () => {
  it('is every process behind the rows on screen, with a limit for each group', () => {
    expect(wantedBy(forest({ group: 'name' })).visible.size).toBe(12);
    const many = watched({ group: 'name' }, { columns: 80, rows: 24 }, 1, () =>
      Array.from({ length: 2000 }, (_, pid) => processOf({ who: { pid: pid + 1, name: 'worker' } })),
    );
    expect(wantedBy(many).visible.size).toBe(256);
  });

  it('is the swap of all where a sum shows it', () => {
    expect([...wantedBy(forest({ group: 'name' }, 160)).ofEveryRow]).toEqual(['swap']);
    expect([...wantedBy(forest({ tree: true }, 160)).ofEveryRow]).toEqual([]);
  });
});
