// When memtop collects its own garbage: never while keys come, once after the start, and when the pause is worth it.
import { expect, it, vi } from 'vitest';
import { Tidying } from '../../../src/commands/watch/tidying.ts';

const MIB = 2 ** 20;

/** A heap with `garbage` bytes of garbage, of which a collection frees half in the first round and the rest in the second. */
function heapWith({ live, garbage, pause }: { live: number; garbage: number; pause: number }) {
  let now = 0;
  let left = garbage;
  let collections = 0;
  const heap = {
    size: () => live + left,
    collect: () => {
      collections += 1;
      now += pause;
      left = collections % 2 === 1 ? left / 2 : 0;
    },
  };
  return {
    heap,
    tidying: new Tidying(heap, () => now),
    collections: () => collections,
    grow: (bytes: number) => {
      left += bytes;
    },
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

/** Samples, one a second, until nothing is collected any more; gives the number of collections. */
function rest(world: ReturnType<typeof heapWith>, { rows = 200, seconds = 10 } = {}): number {
  const before = world.collections();
  for (let second = 0; second < seconds; second += 1) {
    world.wait(1000);
    world.tidying.tidy(rows);
  }
  return world.collections() - before;
}

it('collects once 2 s after the first table, in as many rounds as return memory', () => {
  const world = heapWith({ live: 10 * MIB, garbage: 4 * MIB, pause: 10 });
  expect(rest(world, { seconds: 1 })).toBe(0);
  // The third returns nothing more.
  expect(rest(world)).toBe(3);
  expect(world.heap.size()).toBe(10 * MIB);
});

it('has no pause within 2 s after a key', () => {
  const world = heapWith({ live: 10 * MIB, garbage: 4 * MIB, pause: 10 });
  for (let press = 0; press < 20; press += 1) {
    world.wait(1900);
    world.tidying.tidy(200);
    world.tidying.used();
  }
  expect(world.collections()).toBe(0);
  expect(rest(world)).toBe(3);
});

it('collects again when the heap has grown by 3 MiB, but not twice within some seconds', () => {
  const world = heapWith({ live: 10 * MIB, garbage: 0, pause: 10 });
  rest(world, { seconds: 3 });
  world.grow(4 * MIB);
  expect(rest(world, { seconds: 5 })).toBe(0);
  expect(rest(world, { seconds: 20 })).toBeGreaterThan(0);
  world.grow(2 * MIB);
  expect(rest(world, { seconds: 60 })).toBe(0);
});

it('collects what little there is after five minutes', () => {
  const world = heapWith({ live: 10 * MIB, garbage: 0, pause: 10 });
  rest(world);
  world.grow(MIB);
  expect(rest(world, { seconds: 240 })).toBe(0);
  expect(rest(world, { seconds: 90 })).toBeGreaterThan(0);
  expect(rest(world, { seconds: 1000 })).toBe(0);
});

it('collects when most processes have ended, whose rows are garbage', () => {
  const world = heapWith({ live: 20 * MIB, garbage: 0, pause: 10 });
  rest(world, { rows: 5000, seconds: 60 });
  expect(rest(world, { rows: 200, seconds: 10 })).toBeGreaterThan(0);
  expect(rest(world, { rows: 200, seconds: 100 })).toBe(0);
});

it('does not wait for long after a peak, however long the pauses were at it', () => {
  const world = heapWith({ live: 20 * MIB, garbage: 0, pause: 100 });
  rest(world, { rows: 5000, seconds: 10 });
  // Two pauses of 100 ms are a hundredth of 20 s.
  expect(rest(world, { rows: 200, seconds: 25 })).toBeGreaterThan(0);
});

it('spends at most a hundredth of the time in pauses, however fast the heap grows', () => {
  const world = heapWith({ live: 100 * MIB, garbage: 0, pause: 200 });
  const seconds = 3600;
  let collections = 0;
  for (let second = 0; second < seconds; second += 1) {
    world.grow(20 * MIB);
    collections += rest(world, { seconds: 1 });
  }
  expect(collections).toBeGreaterThan(0);
  // 200 ms each; the first ones are not preceded by a rest.
  expect(collections * 0.2).toBeLessThan((seconds + collections * 0.2) * 0.01 + 0.8);
});

it('waits until the frame of a sample is written, and does nothing once it is closed', async () => {
  vi.useFakeTimers();
  try {
    const world = heapWith({ live: 10 * MIB, garbage: 4 * MIB, pause: 10 });
    world.wait(5000);
    world.tidying.sampled(200);
    expect(world.collections()).toBe(0);
    await vi.advanceTimersByTimeAsync(100);
    expect(world.collections()).toBe(1);
    world.tidying.sampled(200);
    world.tidying.close();
    await vi.advanceTimersByTimeAsync(100);
    expect(world.collections()).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});
