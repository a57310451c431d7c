import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openProcfs } from '../../../src/sampling/linux/procfs.ts';
import type { Needs, Sampler } from '../../../src/sampling/sampler/sampler.ts';
import { needing, never } from '../needs.ts';
import { Tree } from './tree.ts';

const PIDS = Array.from({ length: 40 }, (_, at) => at + 1);
let tree: Tree;
let sampler: Sampler;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] });
  tree = new Tree();
  for (const pid of PIDS) tree.add(pid, { pages: 100 });
  sampler = openProcfs(tree.proc);
  for (let tick = 0; tick < 8; tick++) await grown(1000);
});

afterEach(() => {
  vi.useRealTimers();
  sampler.close();
  tree.remove();
});

/** Samples after N milliseconds, and tells who was seen to have more than the 100 pages of the beginning. */
async function grown(milliseconds: number, needs: Partial<Needs> = {}): Promise<number[]> {
  vi.advanceTimersByTime(milliseconds);
  const { processes } = await sampler.sample(needing(needs), never);
  return processes.filter(({ rss }) => rss > 100 * 4096).map(({ who }) => who.pid);
}

function growAll(): void {
  for (const pid of PIDS) tree.move(pid, { pages: 200 });
}

test.each([200, 500, 1000, 1700, 2000, 4900, 5000, 60_000])(
  'with %i ms between samples quiet rows that grow are all seen within five seconds',
  async (interval) => {
    await grown(interval);
    growAll();
    let seen: number[] = [];
    for (let waited = interval; waited <= Math.max(5000, interval); waited += interval) seen = await grown(interval);
    expect(seen).toEqual(PIDS);
  },
);

test('quiet rows are read in even shares', async () => {
  growAll();
  const counts: number[] = [];
  for (let tick = 0; tick < 5; tick++) counts.push((await grown(1000)).length);
  expect(counts).toEqual([8, 16, 24, 32, 40]);
});

test('a row on screen is read in every sample', async () => {
  growAll();
  const visible = new Set([5, 6, 7, 8]);
  expect(await grown(1000, { visible })).toEqual(expect.arrayContaining([...visible]));
});

test('every row is read when the consumer wants it so', async () => {
  growAll();
  expect(await grown(1000, { everyRow: true })).toEqual(PIDS);
});

test('every row is read at once when more than a hundredth of the memory went', async () => {
  growAll();
  tree.setMemory(1_000_000, 489_999);
  expect(await grown(1000)).toEqual(PIDS);
});

test('a fall of no more than a hundredth in one step spares the quiet rows still', async () => {
  growAll();
  tree.setMemory(1_000_000, 490_000);
  expect((await grown(1000)).length).toBeLessThan(PIDS.length);
});

test('small falls add up until everything is read', async () => {
  tree.setMemory(1_000_000, 495_000);
  await grown(100);
  growAll();
  tree.setMemory(1_000_000, 489_000);
  expect(await grown(100)).toEqual(PIDS);
});

test('memory that comes and goes above what was left in the last full pass alarms nobody', async () => {
  growAll();
  tree.setMemory(1_000_000, 800_000);
  await grown(100);
  tree.setMemory(1_000_000, 500_000);
  expect((await grown(100)).length).toBeLessThan(PIDS.length);
});

test('a row that moves is read in every sample until it has been still for a while', async () => {
  const pages: number[] = [];
  for (let step = 1; step <= 12; step++) {
    tree.move(9, { pages: 100 + step });
    vi.advanceTimersByTime(step < 6 ? 1000 : 100);
    const { processes } = await sampler.sample(needing(), never);
    pages.push((processes.find(({ who }) => who.pid === 9)?.rss ?? 0) / 4096 - 100);
  }
  expect(pages.slice(5)).toEqual([6, 7, 8, 9, 10, 11, 12]);
});

test('without a figure for available memory no read is skipped', async () => {
  tree.write('meminfo', 'MemTotal: 1000000 kB\n');
  growAll();
  expect(await grown(1000)).toEqual(PIDS);
});
