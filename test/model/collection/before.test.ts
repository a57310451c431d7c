import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heapBefore } from '../../../src/model/collection/before.ts';

const MB = 2 ** 20;
const reading = (rss: number, heapUsed: number, external: number) => ({
  rss: rss * MB,
  heapUsed: heapUsed * MB,
  external: external * MB,
});

describe('what objects held before a collection', () => {
  it('is in the earlier reading where V8 collected by itself, and gave memory back, before the last one', () => {
    // Read on Node 24: RSS was 200 MiB when memory was read; Buffers of 150 MiB had gone when the collection began.
    const known = reading(200, 5, 152);
    expect(heapBefore(reading(49, 5, 2), [known, reading(53, 5, 2)], 200 * MB)).toBe(known);
  });

  it('is in the last reading where a busy program makes and collects garbage on pages that stay', () => {
    const last = reading(199, 35, 2);
    expect(heapBefore(last, [reading(200, 130, 2), reading(198, 60, 2)], 200 * MB)).toBe(last);
  });

  it('is in the last reading where objects held the most then', () => {
    const last = reading(120, 90, 2);
    expect(heapBefore(last, [reading(180, 20, 2)], 180 * MB)).toBe(last);
  });

  it('is never below the last reading, and never from a reading that was not made', () => {
    const some = fc
      .tuple(fc.nat(500), fc.nat(500), fc.nat(500))
      .map(([rss, heap, external]) => reading(rss, heap, external));
    fc.assert(
      fc.property(some, fc.array(some, { maxLength: 3 }), fc.nat(500), (last, earlier, rss) => {
        const chosen = heapBefore(last, earlier, rss * MB);
        expect([last, ...earlier]).toContain(chosen);
        expect(chosen.heapUsed + chosen.external).toBeGreaterThanOrEqual(last.heapUsed + last.external);
      }),
    );
  });
});
