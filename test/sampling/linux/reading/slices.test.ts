import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Slices } from '../../../../src/sampling/linux/reading/slices.ts';
import { never } from '../../needs.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** Milliseconds until the slice is over, when each step takes so long. */
function lengthOf(slices: Slices, step: number): number {
  const start = performance.now();
  while (!slices.isOver()) vi.advanceTimersByTime(step);
  return performance.now() - start;
}

test('a slice of small steps ends before eight milliseconds', async () => {
  const slices = new Slices(never);
  for (let round = 0; round < 10; round++) {
    const length = lengthOf(slices, 0.03);
    expect(length).toBeGreaterThan(5);
    expect(length).toBeLessThan(8);
    await slices.next();
  }
});

test('between two slices the event loop goes round', async () => {
  const slices = new Slices(never);
  let turns = 0;
  setImmediate(() => turns++);
  await slices.next();
  expect(turns).toBe(1);
});

test('an abort between two slices ends the pass with its reason', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const next = new Slices(abort.signal).next();
  abort.abort(reason);
  await expect(next).rejects.toBe(reason);
});
