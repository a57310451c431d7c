import { describe, expect, it } from 'vitest';
import { gcRate, type Heap, heldBytes, limitFraction, sameHeap } from '../../../src/model/snapshot/heap.ts';

const heap: Heap = { runtime: 'node', used: 50, limit: 200, external: 7, gc: { count: 10, time: 20 } };

describe('a heap', () => {
  it('gives the fraction of its limit that is used, and the memory it manages', () => {
    expect(limitFraction(heap)).toBe(0.25);
    expect(heldBytes(heap)).toBe(57);
  });

  it('leaves unknown what its runtime does not report', () => {
    expect(limitFraction({ runtime: 'python' })).toBeUndefined();
    expect(heldBytes({})).toBeUndefined();
  });

  it('is the same only when every number is', () => {
    expect(sameHeap(heap, { ...heap, gc: { count: 10, time: 20 } })).toBe(true);
    expect(sameHeap(heap, { ...heap, used: 51 })).toBe(false);
    expect(sameHeap(heap, { ...heap, gc: { count: 11, time: 20 } })).toBe(false);
    expect(sameHeap(heap, { ...heap, busySince: 1 })).toBe(false);
  });
});

describe('the rate of collections', () => {
  it('is how often, and which fraction of the time', () => {
    const later: Heap = { ...heap, gc: { count: 12, time: 120 } };
    expect(gcRate(heap, later, 2000)).toEqual({ perMinute: 60, fraction: 0.05 });
  });

  it('is unknown when counting was reset or never started', () => {
    expect(gcRate(heap, { ...heap, gc: { count: 1, time: 1 } }, 1000)).toBeUndefined();
    expect(gcRate(heap, { runtime: 'node' }, 1000)).toBeUndefined();
    expect(gcRate(heap, heap, 0)).toBeUndefined();
  });
});
