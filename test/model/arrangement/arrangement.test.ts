import { expect, it } from 'vitest';
import { type ArrangeOptions, arrange } from '../../../src/model/arrangement/arrangement.ts';
import type { Column } from '../../../src/model/columns/column.ts';
import { columnOf } from '../../../src/model/columns/columns.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import { MEBIBYTE, processOf, snapshotOf } from '../../helpers/snapshots.ts';

const tracker = new Tracker();
const snapshot = snapshotOf([
  processOf({ who: { pid: 10, name: 'shell' }, rss: 5 * MEBIBYTE }),
  processOf({ who: { pid: 11, ppid: 10, name: 'worker' }, rss: 30 * MEBIBYTE }),
  processOf({ who: { pid: 12, ppid: 10, name: 'worker' }, rss: 20 * MEBIBYTE }),
  processOf({ who: { pid: 20, name: 'daemon' }, rss: 40 * MEBIBYTE }),
]);
const rows = tracker.advance(snapshot, 1000);
const moment = { time: snapshot.time, uptime: undefined, timeline: tracker.timeline, memoryTotal: undefined };

function arranged(given: Partial<ArrangeOptions>, kept = rows) {
  const order = { column: columnOf('rss') as Column, descending: true };
  return arrange(rows, kept, { arrangement: 'list', order, moment, toggled: new Set(), ...given });
}

const pids = (given: Partial<ArrangeOptions>) => arranged(given).map(({ process }) => process.who.pid);

it('a list has the rows in the requested order', () => {
  expect(pids({})).toEqual([20, 11, 12, 10]);
});

it('a tree has each row under its parent, and children in the requested order', () => {
  const tree = arranged({ arrangement: 'tree' });
  const shell = tree.findIndex(({ process }) => process.who.pid === 10);
  expect(tree.slice(shell, shell + 3).map(({ process, tree: branch }) => [process.who.pid, branch?.depth])).toEqual([
    [10, 0],
    [11, 1],
    [12, 1],
  ]);
});

it('groups have one row for all processes of a name, with the sum of their RSS', () => {
  const [first] = arranged({ arrangement: 'name' });
  expect(first?.group?.title).toBe('worker');
  expect(first?.process.rss).toBe(50 * MEBIBYTE);
  expect(arranged({ arrangement: 'name' })).toHaveLength(3);
});

it('an order by the sums of subtrees goes by RSS, which they add up', () => {
  expect(pids({ order: { column: columnOf('subtree') as Column, descending: true } })).toEqual(pids({}));
});

it('only matching rows are in a list', () => {
  expect(arranged({}, rows.slice(0, 1)).map(({ process }) => process.who.pid)).toEqual([10]);
});
