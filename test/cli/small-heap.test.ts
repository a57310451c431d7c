// What V8 is asked for once the screen is drawn, by which versions of Node.js, and what a collection does.
import v8 from 'node:v8';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OwnHeap } from '../../src/cli/small-heap.ts';

const requested = vi.spyOn(v8, 'setFlagsFromString');

beforeEach(() => {
  requested.mockReset();
});
afterEach(() => vi.unstubAllGlobals());
afterAll(() => requested.mockRestore());

describe('keeping the heap small', () => {
  it.each([
    ['20.19.0', ['--interrupt-budget=1000000']],
    ['22.1.0', []],
    ['24.0.0', ['--invocation-count-for-turbofan=45000']],
    ['26.12.1', ['--invocation-count-for-turbofan=45000']],
  ])('asks the V8 of Node.js %s to give back what it can, and to optimize rarely', (version, rare) => {
    requested.mockReturnValue();
    new OwnHeap(version).keepSmall();
    expect(requested.mock.calls.flat()).toEqual(['--optimize-for-size', '--semi-space-growth-factor=1', ...rare]);
  });

  it.each(['27.0.0', '100.2.0'])(
    'asks nothing of Node.js %s, whose V8 may print that it does not know the flags',
    (version) => {
      vi.stubGlobal('gc', undefined);
      const heap = new OwnHeap(version);
      heap.keepSmall();
      heap.collect();
      heap.takeBack();
      heap.setAgain();
      expect(requested).not.toHaveBeenCalled();
    },
  );

  it('can give V8 the flags back that it started with, by which it knows its compiled code, and set its own again', () => {
    const heap = new OwnHeap();
    const first = v8.cachedDataVersionTag();
    heap.takeBack();
    heap.setAgain();
    expect(v8.cachedDataVersionTag()).toBe(first);
    heap.keepSmall();
    const own = v8.cachedDataVersionTag();
    expect(own).not.toBe(first);
    heap.takeBack();
    expect(v8.cachedDataVersionTag()).toBe(first);
    heap.setAgain();
    expect(v8.cachedDataVersionTag()).toBe(own);
    heap.takeBack();
  });
});

describe('a collection', () => {
  it('uses the gc() that node was started with, if there is one', () => {
    const gc = vi.fn();
    vi.stubGlobal('gc', gc);
    new OwnHeap('20.19.0').collect();
    expect(gc).toHaveBeenLastCalledWith();
    new OwnHeap('22.1.0').collect();
    expect(gc).toHaveBeenLastCalledWith({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    expect(requested).not.toHaveBeenCalled();
  });

  it('gives back what is garbage, and leaves no flag set', async () => {
    vi.stubGlobal('gc', undefined);
    const first = v8.cachedDataVersionTag();
    const heap = new OwnHeap();
    const garbage = new WeakRef(Array.from({ length: 200_000 }, (_, index) => ({ index })));
    const before = heap.size();
    // A weak reference keeps its target until the task that made it has ended.
    await new Promise((done) => setTimeout(done));
    heap.collect();
    heap.collect();
    expect(garbage.deref()).toBeUndefined();
    expect(before - heap.size()).toBeGreaterThan(2 ** 20);
    expect(v8.cachedDataVersionTag()).toBe(first);
  });
});
