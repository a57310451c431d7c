import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshotObjection } from '../../../src/model/collection/snapshot-headroom.ts';

const MB = 2 ** 20;
const limitOf = (limit: number, charged: number) => ({
  path: '/web.service',
  limit: limit * MB,
  charged: charged * MB,
});

describe('the memory for a heap snapshot', () => {
  it('is refused where the limit of the cgroup leaves less than 25 times the heap, with the figures', () => {
    const objection = snapshotObjection(60 * MB, { available: 64_000 * MB, limit: limitOf(450, 130) });
    expect(objection).toBe(
      'Writing it may take up to 1.46G in the program (its heap holds 60.0M), and only 320M is left below the limit of ' +
        'web.service (450M).',
    );
  });

  it('is refused where the machine has less available', () => {
    expect(snapshotObjection(60 * MB, { available: 1400 * MB })).toMatch(/only 1\.37G is available\.$/);
    expect(snapshotObjection(60 * MB, { available: 1400 * MB, limit: limitOf(9000, 100) })).toMatch(/is available/);
  });

  it('is enough for a small heap, and where nothing is known', () => {
    expect(snapshotObjection(5 * MB, { available: 2000 * MB, limit: limitOf(450, 60) })).toBeUndefined();
    expect(snapshotObjection(500 * MB, {})).toBeUndefined();
  });

  it('is never judged enough when 25 times the heap does not fit', () => {
    fc.assert(
      fc.property(
        fc.nat(4000),
        fc.nat(100_000),
        fc.nat(100_000),
        fc.nat(100_000),
        (heap, available, limit, charged) => {
          const space = Math.min(available, Math.max(0, limit - charged));
          const objection = snapshotObjection(heap * MB, { available: available * MB, limit: limitOf(limit, charged) });
          expect(objection === undefined).toBe(25 * heap <= space);
        },
      ),
    );
  });
});
