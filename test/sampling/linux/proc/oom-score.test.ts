import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseOomScore } from '../../../../src/sampling/linux/proc/oom-score.ts';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import type { Needs, Sampler } from '../../../../src/sampling/sampler/sampler.ts';
import { needing, never } from '../../needs.ts';
import { Tree } from '../tree.ts';

let tree: Tree;
let sampler: Sampler;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
  tree = new Tree();
  for (const pid of [1, 2]) {
    tree.add(pid);
    tree.write(`${pid}/oom_score`, `${pid * 100}\n`);
  }
  sampler = openProcfs(tree.proc);
});

afterEach(() => {
  vi.useRealTimers();
  sampler.close();
  tree.remove();
});

async function scores(needs: Partial<Needs>): Promise<(number | undefined)[]> {
  const { processes } = await sampler.sample(needing(needs), never);
  return processes.map(({ oomScore }) => oomScore);
}

test.each([
  ['0\n', 0],
  ['2000', 2000],
  ['', undefined],
  ['-1\n', undefined],
  ['12 34\n', undefined],
  ['99999999999\n', undefined],
])('the score in %j is %s', (text, score) => {
  const bytes = Buffer.from(text);
  expect(parseOomScore(bytes, bytes.length)).toBe(score);
});

test('OOM scores are read only of the rows on screen, and only while the column is shown', async () => {
  const visible = new Set([2]);
  expect(await scores({ visible })).toEqual([undefined, undefined]);
  expect(await scores({ visible, measures: new Set(['oomScore']) })).toEqual([undefined, 200]);
  expect(await scores({ measures: new Set(['oomScore']), everyMeasure: true, everyRow: true })).toEqual([100, 200]);
});

test('an OOM score is read again when its process moves, and every ten seconds', async () => {
  const needs: Partial<Needs> = { visible: new Set([1]), measures: new Set(['oomScore']), everyRow: true };
  expect((await scores(needs))[0]).toBe(100);
  tree.write('1/oom_score', '300\n');
  vi.advanceTimersByTime(1000);
  expect((await scores(needs))[0]).toBe(100);
  tree.move(1, { pages: 2000 });
  vi.advanceTimersByTime(1000);
  expect((await scores(needs))[0]).toBe(300);
  tree.write('1/oom_score', '400\n');
  vi.advanceTimersByTime(10_000);
  expect((await scores(needs))[0]).toBe(400);
});
