import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedPause, isLongPause, type Workload, workloadText } from '../../../src/model/collection/pause.ts';

const MB = 2 ** 20;
const node = (megabytes: number): Workload => ({ runtime: 'node', bytes: megabytes * MB });

describe('the expected pause', () => {
  it('depends on live objects', () => {
    expect(expectedPause('full', node(1000))).toEqual({ from: 700, to: 1000 });
    expect(expectedPause('reclaim', node(1000))).toEqual({ from: 1700, to: 4200 });
    expect([isLongPause('reclaim', node(230)), isLongPause('reclaim', node(240))]).toEqual([false, true]);
  });

  it('goes by the objects of Python where it counts them, however much memory they take', () => {
    const bytes = { runtime: 'python', bytes: 2000 * MB, blocks: 100_000 } as const;
    expect(isLongPause('reclaim', bytes)).toBe(false);
    expect(isLongPause('reclaim', { ...bytes, blocks: undefined })).toBe(true);
    expect(isLongPause('reclaim', { runtime: 'python', bytes: 300 * MB, blocks: 7e6 })).toBe(true);
    expect(expectedPause('full', { ...bytes, blocks: 2e6 })).toEqual({ from: 16, to: 260 });
  });

  it('is never longer at least than at most, and no shorter where more is live', () => {
    const work = fc.record({
      runtime: fc.constantFrom('node' as const, 'python' as const),
      bytes: fc.nat(2 ** 40),
      blocks: fc.option(fc.nat(1e9), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.constantFrom('minor', 'full', 'reclaim'), work, (level, one) => {
        const { from, to } = expectedPause(level, one);
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        const { blocks } = one;
        const twice = { ...one, bytes: 2 * one.bytes, blocks: blocks === undefined ? blocks : 2 * blocks };
        expect(expectedPause(level, twice).to).toBeGreaterThanOrEqual(to);
      }),
    );
  });

  it('names what is visited', () => {
    expect(workloadText(node(240))).toBe('240M');
    expect(workloadText({ runtime: 'python', bytes: MB, blocks: 12_345 })).toBe('about 12,345 objects');
    expect(workloadText({ runtime: 'python', bytes: MB, blocks: 2_140_000 })).toBe('about 2.1 million objects');
  });
});
