import { expect, onTestFinished, test } from 'vitest';
import { Census, type CensusResult } from '../../../../src/sampling/linux/processes/census.ts';
import { FileReader } from '../../../../src/sampling/linux/reading/file-reader.ts';
import { openProcRoot } from '../../../../src/sampling/linux/reading/proc-root.ts';
import { Tree } from '../tree.ts';

const LAST = 500;

/** A tree of a hundred processes in which the kernel's last pid is 500, after the first looks at it. */
function settled(countsItsPids = true) {
  const tree = new Tree();
  onTestFinished(() => tree.remove());
  const known = new Map<number, true>();
  for (let pid = 1; pid <= 100; pid++) {
    tree.move(pid, {});
    known.set(pid, true);
  }
  const setLastPid = (pid: number | string) => tree.write('loadavg', `0.00 0.00 0.00 1/2 ${pid}\n`);
  setLastPid(LAST);
  const census = new Census({ ...openProcRoot(tree.proc), countsItsPids }, new FileReader());
  const take = (): CensusResult => {
    const found = census.take(known);
    for (const pid of found.pids) known.set(pid, true);
    return found;
  };
  expect(take().pids).toEqual([...known.keys()]);
  take();
  return { tree, take, setLastPid };
}

const nothing = { whole: false, pids: [] };

test('no process is searched for while the last PID is unchanged', () => {
  const { tree, take } = settled();
  tree.move(400, {});
  expect(Array.from({ length: 20 }, take)).toEqual(Array.from({ length: 20 }, () => nothing));
});

test('after a birth only the new numbers are asked for', () => {
  const { tree, take, setLastPid } = settled();
  tree.move(503, {});
  tree.move(400, {});
  setLastPid(504);
  expect(take()).toEqual({ whole: false, pids: [503] });
});

test('a fork that had its number but could not be seen yet is found in the next look', () => {
  const { tree, take, setLastPid } = settled();
  setLastPid(503);
  expect(take()).toEqual(nothing);
  tree.move(503, {});
  expect([take(), take()]).toEqual([{ whole: false, pids: [503] }, nothing]);
});

test('a thread does not count as a process, though it can be read by its number', () => {
  const { tree, take, setLastPid } = settled();
  tree.move(502, { exitSignal: -1, name: 'a) -1' });
  tree.move(503, { name: '-1 -1 -1' });
  setLastPid(503);
  expect(take()).toEqual({ whole: false, pids: [503] });
});

test('many births at once, or PIDs that wrap around, cause a complete listing', () => {
  for (const next of [LAST + 50, LAST - 50]) {
    const { tree, take, setLastPid } = settled();
    tree.move(110, {});
    setLastPid(next);
    const { whole, pids } = take();
    expect([whole, pids.includes(110)]).toEqual([true, true]);
  }
});

test('everything is listed every thirty ticks at the latest', () => {
  const { take } = settled();
  expect(Array.from({ length: 31 }, take).filter(({ whole }) => whole)).toHaveLength(1);
});

test('a loadavg without a PID does not prevent a listing', () => {
  const { take, setLastPid } = settled();
  for (const nonsense of [0, 'x', '']) {
    setLastPid(nonsense);
    expect([take(), take(), take()].map(({ whole }) => whole)).toEqual([true, true, true]);
  }
});

test('a tree whose loadavg speaks of other pids is always listed', () => {
  const { take } = settled(false);
  expect(Array.from({ length: 5 }, take).map(({ whole }) => whole)).not.toContain(false);
});

test('a loadavg that missed a new process is not trusted again', () => {
  const { tree, take } = settled();
  tree.move(400, {});
  for (let tick = 0; tick < 30; tick++) take();
  expect([take(), take()].map(({ whole }) => whole)).toEqual([true, true]);
});
