import { describe, expect, it } from 'vitest';
import { steadied } from '../../../src/model/growth/steadied.ts';

/** An end in N seconds, give or take a third. */
const end = (seconds: number) => ({ soonest: seconds * 667, middle: seconds * 1000, latest: seconds * 1333 });

describe('the forecast after another', () => {
  it('moves by 15% of the time that is left, and its range holds what was found', () => {
    const next = steadied(end(50), end(101), 1000);
    expect(next.middle).toBe(85_000);
    expect(next.soonest).toBe(50 * 667);
    expect(next.latest).toBe(85_000);
    expect(steadied(end(180), end(101), 1000).middle).toBeCloseTo(115_000);
  });

  it('is what was found where that is near to it', () => {
    expect(steadied(end(97), end(101), 1000)).toEqual(end(97));
  });

  it('is what was found where that is less than half as far, or more than twice: that is news', () => {
    expect(steadied(end(40), end(101), 1000)).toEqual(end(40));
    expect(steadied(end(300), end(101), 1000)).toEqual(end(300));
  });

  it('does not jump within its last second', () => {
    expect(steadied(end(0.1), end(2), 1000).middle).toBe(1000);
  });
});
