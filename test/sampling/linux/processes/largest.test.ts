// A sample of the largest process alone: it is the right one, and of the others one short file is read.
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import { EVERY_ROW } from '../../../../src/sampling/sampler/sampler.ts';
import { never } from '../../needs.ts';
import { Tree } from '../tree.ts';

/** The pids that a sample has, those of a tree whose processes have this many pages. */
async function sampled(pages: Readonly<Record<number, number>>, spoil = (_proc: string) => {}): Promise<number[]> {
  const tree = new Tree();
  onTestFinished(() => tree.remove());
  for (const [pid, count] of Object.entries(pages)) {
    tree.add(Number(pid), { pages: count });
    tree.write(`${pid}/statm`, `2560 ${count} 700 8 0 300 0\n`);
  }
  spoil(tree.proc);
  const sampler = openProcfs(tree.proc);
  onTestFinished(() => sampler.close());
  const { processes } = await sampler.sample({ ...EVERY_ROW, largestOnly: true }, never);
  return processes.map(({ who }) => who.pid);
}

test('the largest process is in it, and of the others only those that come before a larger one', async () => {
  expect(await sampled({ 1: 500, 2: 400, 3: 900, 4: 900, 5: 100 })).toEqual([1, 3]);
});

test('a process whose short file cannot be read is read as a whole', async () => {
  const pids = await sampled({ 1: 500, 2: 400, 3: 600 }, (proc) => unlinkSync(join(proc, '2/statm')));
  expect(pids).toEqual([1, 2, 3]);
});

test('a process that cannot be read does not hide smaller ones', async () => {
  const pids = await sampled({ 1: 500, 2: 900, 3: 600 }, (proc) => unlinkSync(join(proc, '2/stat')));
  expect(pids).toEqual([1, 3]);
});

test('one is in it where no process has memory of its own', async () => {
  expect(await sampled({ 1: 0, 2: 0 })).toEqual([1]);
});
