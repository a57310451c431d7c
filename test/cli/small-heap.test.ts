// What V8 is asked for once the screen is drawn, and by which versions of Node.js.
import v8 from 'node:v8';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepHeapSmall } from '../../src/cli/small-heap.ts';

const asked = vi.spyOn(v8, 'setFlagsFromString').mockReturnValue();

beforeEach(() => asked.mockClear());
afterAll(() => asked.mockRestore());

describe('keeping the heap small', () => {
  it.each([
    ['20.19.0', ['--interrupt-budget=1000000']],
    ['22.1.0', []],
    ['24.0.0', ['--invocation-count-for-turbofan=45000']],
    ['26.12.1', ['--invocation-count-for-turbofan=45000']],
  ])('asks the V8 of Node.js %s to give back what it can, and to optimize rarely', (version, rare) => {
    keepHeapSmall(version);
    expect(asked.mock.calls.flat()).toEqual(['--optimize-for-size', '--semi-space-growth-factor=1', ...rare]);
  });

  it.each(['27.0.0', '100.2.0'])(
    'asks nothing of Node.js %s, whose V8 may print that it does not know the flags',
    (version) => {
      keepHeapSmall(version);
      expect(asked).not.toHaveBeenCalled();
    },
  );
});
