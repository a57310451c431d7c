import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import type { Needs } from '../../../../src/sampling/sampler/sampler.ts';
import { until } from '../../../helpers/until.ts';
import { needing, never } from '../../needs.ts';
import { Tree } from '../tree.ts';

const PAGE = 4096;

function setup() {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
  const tree = new Tree();
  tree.add(1);
  const sampler = openProcfs(tree.proc);
  onTestFinished(() => {
    vi.useRealTimers();
    sampler.close();
    tree.remove();
  });
  const setExact = (pages: number) => tree.write('7/statm', `2560 ${pages} 700 8 0 300 0\n`);
  const rssAfter = async (milliseconds: number, needs: Partial<Needs> = { everyRow: true }) => {
    vi.advanceTimersByTime(milliseconds);
    const { processes } = await sampler.sample(needing(needs), never);
    return (processes.find(({ who }) => who.pid === 7)?.rss ?? Number.NaN) / PAGE;
  };
  return { tree, setExact, rssAfter };
}

test('RSS is that of statm, which is exact, not that of stat', async () => {
  const { tree, setExact, rssAfter } = setup();
  tree.add(7, { pages: 900 });
  setExact(1061);
  expect(await rssAfter(0)).toBe(1061);
});

test('RSS is that of a status which is read at the same time, and of statm from then on', async () => {
  const { tree, setExact, rssAfter } = setup();
  tree.add(7, { pages: 900, faults: 100 });
  tree.write('7/status', 'Name:\tsteady\nUid:\t0\t0\t0\t0\nVmRSS:\t    4244 kB\nThreads:\t1\n');
  expect(await rssAfter(0)).toBe(1061);
  setExact(1080);
  tree.move(7, { pages: 900, faults: 119 });
  expect(await rssAfter(1000)).toBe(1080);
});

test('a process that faults has its RSS read again although stat shows the same estimate', async () => {
  const { tree, setExact, rssAfter } = setup();
  tree.add(7, { pages: 900, faults: 100 });
  setExact(1061);
  await rssAfter(0);
  setExact(1080);
  tree.move(7, { pages: 900, faults: 119 });
  expect(await rssAfter(1000)).toBe(1080);
});

test('a row on screen shows within seconds that pages were swapped out, although stat does not', async () => {
  const { tree, setExact, rssAfter } = setup();
  tree.add(7, { pages: 900 });
  setExact(1061);
  const visible = new Set([7]);
  await rssAfter(0, { visible });
  setExact(1050);
  expect([await rssAfter(1000, { visible }), await rssAfter(5000, { visible })]).toEqual([1061, 1050]);
});

test('one reading of statm that fails does not change the source of RSS', async () => {
  const { tree, setExact, rssAfter } = setup();
  tree.add(7, { pages: 900 });
  setExact(1061);
  await rssAfter(0);
  rmSync(join(tree.proc, '7/statm'));
  tree.move(7, { pages: 950 });
  const during = await rssAfter(1000);
  setExact(1099);
  tree.move(7, { pages: 960 });
  expect([during, await rssAfter(1000)]).toEqual([1061, 1099]);
});

test('where statm cannot be read RSS is that of stat for as long as the process lives', async () => {
  const { tree, setExact, rssAfter } = setup();
  tree.add(7, { pages: 900 });
  const before = await rssAfter(0);
  setExact(1061);
  tree.move(7, { pages: 950 });
  expect([before, await rssAfter(1000)]).toEqual([900, 950]);
});

test('a process with a reused pid begins again with statm', async () => {
  const { tree, setExact, rssAfter } = setup();
  tree.add(7, { pages: 900, startTime: 5000 });
  await rssAfter(0);
  setExact(1061);
  tree.add(7, { pages: 950, startTime: 9000 });
  expect(await rssAfter(1000)).toBe(1061);
});

test('RSS of a process that does not move is what the kernel says in statm', async () => {
  vi.useRealTimers();
  const sampler = openProcfs('/proc');
  // It waits for input that never comes.
  const still = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
  onTestFinished(() => {
    sampler.close();
    still.kill('SIGKILL');
  });
  const exact = () => Number(readFileSync(`/proc/${still.pid}/statm`, 'latin1').split(' ')[1]);
  await until(() => / \(cat\) S /.test(readFileSync(`/proc/${still.pid}/stat`, 'latin1')));
  const before = exact();
  const { processes } = await sampler.sample(needing({ everyRow: true }), never);
  expect((processes.find(({ who }) => who.pid === still.pid)?.rss ?? Number.NaN) / PAGE).toBe(before);
  expect(exact()).toBe(before);
});
