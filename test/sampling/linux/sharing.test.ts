import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Process, Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { openProcfs } from '../../../src/sampling/linux/procfs.ts';
import type { Needs, Sampler } from '../../../src/sampling/sampler/sampler.ts';
import { needing, never } from '../needs.ts';
import { Tree } from './tree.ts';

const PAGE = 4096;
let tree: Tree;
let sampler: Sampler;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
  tree = new Tree();
  tree.add(1);
  tree.add(7, { pages: 100 });
  sampler = openProcfs(tree.proc);
});

afterEach(() => {
  vi.useRealTimers();
  sampler.close();
  tree.remove();
});

async function after(milliseconds: number, needs: Partial<Needs> = { everyRow: true }): Promise<Snapshot> {
  vi.advanceTimersByTime(milliseconds);
  return sampler.sample(needing(needs), never);
}

function row(snapshot: Snapshot, pid: number): Process {
  const found = snapshot.processes.find(({ who }) => who.pid === pid);
  if (found === undefined) throw new Error(`no row for ${pid}`);
  return found;
}

test('what did not change is the same object again', async () => {
  const first = await after(0);
  const second = await after(1000);
  expect(row(second, 1)).toBe(row(first, 1));
  expect(second.processes).not.toBe(first.processes);
});

test('a reading that moved is a new object with the same identity', async () => {
  const first = await after(0);
  tree.move(7, { pages: 200 });
  const second = await after(1500);
  expect(row(second, 7)).toMatchObject({ rss: 200 * PAGE, sinceLastRead: 1500 });
  expect(row(second, 7).who).toBe(row(first, 7).who);
  expect(row(first, 7)).not.toHaveProperty('sinceLastRead');
});

test('the span of a reading begins at the last reading, also when that brought nothing new', async () => {
  await after(0);
  await after(1000);
  tree.move(7, { pages: 200 });
  expect(row(await after(250), 7).sinceLastRead).toBe(250);
});

test('each number that a row tells makes it move', async () => {
  await after(0);
  for (const change of [{ ticks: 8 }, { threads: 2 }, { virtual: 4096 }, { state: 'R' }, { pages: 101 }]) {
    const before = row(await after(1000), 7);
    tree.move(7, { pages: 100, ...change });
    expect(row(await after(1000), 7), JSON.stringify(change)).not.toBe(before);
    tree.move(7, { pages: 100 });
    await after(1000);
  }
});

test('a parent that died gives its child a new identity', async () => {
  const first = await after(0);
  tree.move(7, { pages: 100, ppid: 0 });
  const second = await after(1000);
  expect(row(second, 7).who).toEqual({ ...row(first, 7).who, ppid: 0 });
});

test('after an exec the name, the command and the user are read again', async () => {
  await after(0);
  tree.add(7, { pages: 100, name: 'other' }, 'other\0-v\0');
  tree.setStatus(7, { uid: 33 });
  expect(row(await after(1000), 7).who).toMatchObject({ name: 'other', command: 'other -v', user: '33' });
});

test('a process on screen that rewrites its title is read again within ten seconds', async () => {
  await after(0);
  tree.write('7/cmdline', 'steady: busy\0');
  expect(row(await after(9000, { visible: new Set([7]) }), 7).who.command).toBe('steady --on');
  expect(row(await after(1000, { visible: new Set([7]) }), 7).who.command).toBe('steady: busy');
});

test('a process that became a zombie has no command any more', async () => {
  const first = await after(0);
  tree.write('7/cmdline', '');
  tree.move(7, { state: 'Z', pages: 0, virtual: 0 });
  const zombie = row(await after(1000), 7);
  expect(zombie).toMatchObject({ state: 'Z', rss: 0, who: { command: '' } });
  expect(zombie.peak).toBe(row(first, 7).peak);
});

test('a pid that is used again is another process', async () => {
  await after(0);
  tree.add(7, { pages: 5, startTime: 6000, name: 'later' }, 'later\0');
  tree.setStatus(7, { peak: 20 });
  const reused = row(await after(1000), 7);
  expect(reused).toMatchObject({ rss: 5 * PAGE, peak: 20 * 1024, who: { startTime: 6000, name: 'later' } });
  expect(reused).not.toHaveProperty('sinceLastRead');
});

test('the peak never falls below what was seen since, and stays when the row leaves the screen', async () => {
  tree.setStatus(7, { peak: 4000 });
  await after(0);
  tree.move(7, { pages: 2000 });
  expect(row(await after(1000, {}), 7).peak).toBe(2000 * PAGE);
  tree.move(7, { pages: 10 });
  expect(row(await after(1000, {}), 7).peak).toBe(2000 * PAGE);
});

test('peak and swap of a row on screen are read when it moves', async () => {
  await after(0);
  tree.move(7, { pages: 120 });
  tree.setStatus(7, { peak: 12345, swap: 67 });
  const seen = row(await after(1000, { visible: new Set([7]) }), 7);
  expect(seen).toMatchObject({ peak: 12345 * 1024, swap: 67 * 1024 });
});

test('a page fault is enough to have the peak of a row on screen read again', async () => {
  await after(0);
  tree.move(7, { pages: 100, faults: 101 });
  tree.setStatus(7, { peak: 12345 });
  expect(row(await after(1000, { visible: new Set([7]) }), 7).peak).toBe(12345 * 1024);
});

test('the measures of every row are read when that is asked for', async () => {
  await after(0);
  for (const pid of [1, 7]) tree.setStatus(pid, { peak: 12345, swap: 1 });
  for (const pid of [1, 7]) tree.move(pid, { pages: 120 });
  const { processes } = await after(1000, { everyMeasure: true });
  expect(processes.map(({ peak, swap }) => [peak, swap])).toEqual([
    [12345 * 1024, 1024],
    [12345 * 1024, 1024],
  ]);
});

test('swap stays known while nothing moves, and is dropped rather than shown stale', async () => {
  tree.setStatus(7, { swap: 67 });
  await after(0);
  expect(row(await after(1000), 7).swap).toBe(67 * 1024);
  tree.move(7, { pages: 120 });
  expect(row(await after(1000), 7)).not.toHaveProperty('swap');
});

test('a process that ends is gone from the next sample, and one that is born is in it', async () => {
  await after(0);
  tree.end(7);
  tree.add(9);
  const { processes, gaps } = await after(1000);
  expect(processes.map(({ who }) => who.pid)).toEqual([1, 9]);
  expect(gaps).toEqual([]);
});

test('a file that can be read again after it was malformed is a row again', async () => {
  await after(0);
  tree.write('7/stat', '7 (stea');
  const broken = await after(1000);
  expect(broken.processes.map(({ who }) => who.pid)).toEqual([1]);
  expect(broken.gaps).toEqual([{ what: 'stat', why: 'malformed', count: 1 }]);
  tree.move(7, { pages: 300 });
  expect(row(await after(1000), 7).rss).toBe(300 * PAGE);
});

test('arguments of 128 KiB are kept only as far as was asked', async () => {
  tree.add(9, {}, `big\0${'x'.repeat(128 * 1024)}\0`);
  const short = row(await after(0, { commandLimit: 100 }), 9).who.command;
  expect(short).toBe(`big ${'x'.repeat(96)}`);
  sampler.close();
  sampler = openProcfs(tree.proc);
  expect(row(await after(0, { commandLimit: Number.POSITIVE_INFINITY }), 9).who.command).toHaveLength(128 * 1024 + 4);
});

test('a tree whose folder disappears is a mistake with a next step', async () => {
  await after(0);
  tree.remove();
  await expect(after(1000)).rejects.toMatchObject({ name: 'UserError', next: expect.stringMatching(/mounted/) });
});

test('an aborted sample rejects with the reason of its signal', async () => {
  const reason = new Error('enough');
  await expect(sampler.sample(needing(), AbortSignal.abort(reason))).rejects.toBe(reason);
});
