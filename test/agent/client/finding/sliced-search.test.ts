// A search for agents is cut into slices, whatever it finds, and goes on at the next tick.
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { Discovery } from '../../../../src/agent/client/finding/discovery.ts';
import { Processes } from '../../../../src/agent/client/finding/processes.ts';
import { SLICE, SlicedSearch } from '../../../../src/agent/client/finding/sliced-search.ts';
import { Programs } from '../../../helpers/programs.ts';

const programs = new Programs();
const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  await programs.end();
});

/** Counts how often descriptors are walked through. */
class Counted extends Processes {
  readonly walks: number[] = [];

  override *socketsAmong(pid: number, inodes: ReadonlySet<string>) {
    this.walks.push(pid);
    return yield* super.socketsAmong(pid, inodes);
  }
}

it('a hundred sockets named after one process cost one walk through its descriptors', async () => {
  const root = programs.folder();
  for (let index = 0; index < 100; index += 1) {
    const folder = join(root, `memtop-${index}`);
    mkdirSync(folder, { mode: 0o700 });
    const server = createServer();
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(join(folder, `${process.ppid}.sock`), resolve));
  }
  const processes = new Counted();
  const { refusals } = new Discovery(processes, process.geteuid?.() ?? 0).scan();
  expect(refusals.filter(({ path }) => path.startsWith(root))).toHaveLength(100);
  expect(processes.walks.filter((pid) => pid === process.ppid)).toHaveLength(1);
});

it('a search without an end takes its part of a tick and no more, and lets everything else go first', async () => {
  // On a clock that only the search moves: each of its steps takes a millisecond.
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  let steps = 0;
  const finder = {
    scan: () => ({ found: [], refusals: [], foreign: 0, listening: new Set<string>() }),
    *search(): Generator<undefined, void, void> {
      for (;;) {
        steps += 1;
        vi.advanceTimersByTime(1);
        yield;
      }
    },
  };
  const search = new SlicedSearch(finder);
  /** How far the search was at each turn of the event loop. */
  const turns: number[] = [];
  let isRunning = true;
  const count = () => {
    turns.push(steps);
    if (isRunning) setImmediate(count);
  };
  setImmediate(count);
  await search.goOn();
  isRunning = false;
  expect(steps).toBeGreaterThanOrEqual(100);
  expect(steps).toBeLessThan(100 + SLICE);
  for (const [index, now] of turns.entries()) expect(now - (turns[index - 1] ?? 0)).toBeLessThanOrEqual(SLICE);
  expect(search.isUnfinished).toBe(true);
  const before = steps;
  await search.goOn();
  expect(steps).toBeGreaterThan(before);
  search.drop();
  expect(search.isUnfinished).toBe(false);
});

it('a search that ends is over', async () => {
  const finder = {
    scan: () => ({ found: [], refusals: [], foreign: 0, listening: new Set<string>() }),
    *search(): Generator<undefined, void, void> {
      yield;
    },
  };
  const search = new SlicedSearch(finder);
  await search.goOn();
  expect(search.isUnfinished).toBe(false);
});
