import { expect, it } from 'vitest';
import { levelOf } from '../../../src/model/appearance/severity.ts';
import { reclaimableCache, usedMemory, usedSwap } from '../../../src/model/snapshot/system-memory.ts';

it('used memory is total less available', () => {
  expect(usedMemory({ total: 10, available: 3, free: 1 })).toBe(7);
});

it('used swap is total less free', () => {
  expect(usedSwap({ swapTotal: 10, swapFree: 10 })).toBe(0);
});

it('reclaimable cache is available memory less free memory', () => {
  expect(reclaimableCache({ free: 1, available: 3 })).toBe(2);
});

it('is never negative, though the kernel may add up its numbers at different moments', () => {
  expect(usedMemory({ total: 1, available: 2 })).toBe(0);
  expect(usedSwap({ swapTotal: 1, swapFree: 2 })).toBe(0);
  expect(reclaimableCache({ free: 2, available: 1 })).toBe(0);
});

it('is not known when a part of it is not', () => {
  expect([usedMemory({ total: 1 }), usedMemory({ available: 1 })]).toEqual([undefined, undefined]);
  expect([usedSwap({ swapTotal: 1 }), usedSwap({})]).toEqual([undefined, undefined]);
  expect([reclaimableCache({ free: 1 }), reclaimableCache({ available: 1 })]).toEqual([undefined, undefined]);
});

it('has levels from 50, 70 and 90 percent on', () => {
  expect(levelOf(0.8, { fine: 80, tight: 95, short: 99 })).toBe(1);
  expect([0, 0.499, 0.5, 0.699, 0.7, 0.899, 0.9, 1, 2].map((fraction) => levelOf(fraction))).toEqual([
    0, 0, 1, 1, 2, 2, 3, 3, 3,
  ]);
});
