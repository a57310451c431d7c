import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakdownOf, hiddenConsumer, partSizesOf } from '../../../src/model/breakdown/breakdown.ts';
import { PARTS, UNACCOUNTED } from '../../../src/model/breakdown/parts.ts';
import type { MemoryUse } from '../../../src/model/snapshot/memory-use.ts';
import type { SystemMemory } from '../../../src/model/snapshot/snapshot.ts';

const GIBIBYTE = 2 ** 30;

/** A machine of 10 GiB of which 1 GiB is available and processes have 100 MiB, with more of what a test names. */
function machine(more: Partial<SystemMemory> = {}, use: MemoryUse = {}): SystemMemory {
  return {
    total: 10 * GIBIBYTE,
    free: GIBIBYTE / 2,
    available: GIBIBYTE,
    buffers: 0,
    cached: GIBIBYTE / 2,
    shared: 0,
    ...more,
    use: { anonymous: 100 * 2 ** 20, ...use },
  };
}

const bytes = fc.nat({ max: 2 ** 42 });
const perhaps = fc.option(bytes, { nil: undefined });
const anyMachine = fc.record({
  total: bytes,
  free: bytes,
  buffers: perhaps,
  cached: bytes,
  shared: perhaps,
  use: fc.record({
    anonymous: bytes,
    swapCached: perhaps,
    listed: perhaps,
    slabReclaimable: perhaps,
    slabUnreclaimable: perhaps,
    pageTables: perhaps,
    kernelStacks: perhaps,
    perCpu: perhaps,
    vmalloc: perhaps,
    hugePages: perhaps,
    zswap: perhaps,
    freeInCpuLists: perhaps,
    arc: fc.option(fc.record({ size: bytes, inSlab: bytes }), { nil: undefined }),
    zram: fc.option(fc.array(fc.record({ name: fc.constant('zram0'), stored: bytes, used: bytes })), {
      nil: undefined,
    }),
  }),
});

describe('the parts of memory', () => {
  it('add up to all of it, whatever the kernel counts, and none but the remainder is below zero', () => {
    fc.assert(
      fc.property(anyMachine, (system) => {
        const parts = breakdownOf(system as SystemMemory) as Readonly<Record<string, number>>;
        expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(system.total);
        for (const [id, part] of Object.entries(parts))
          if (id !== 'unaccounted') expect(part).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('are absent where the kernel does not count them', () => {
    expect(breakdownOf(machine())).toEqual({
      processes: 100 * 2 ** 20,
      cache: GIBIBYTE / 2,
      shared: 0,
      free: GIBIBYTE / 2,
      unaccounted: 9 * GIBIBYTE - 100 * 2 ** 20,
    });
  });

  it('are not known without those that every Linux counts', () => {
    expect(breakdownOf({ total: 1, free: 1, available: 1, cached: 0 })).toBeUndefined();
    expect(breakdownOf({ free: 1, cached: 0, use: { anonymous: 1 } })).toBeUndefined();
    expect(breakdownOf({ total: 1, cached: 0, use: { anonymous: 1 } })).toBeUndefined();
  });

  it('have no byte twice: shared memory is not in the page cache, kernel stacks not in vmalloc, headers of ZFS not in the ARC', () => {
    const parts = breakdownOf(
      machine(
        { cached: 700, buffers: 50, shared: 300 },
        { vmalloc: 90, kernelStacks: 60, arc: { size: 500, inSlab: 20 } },
      ),
    );
    expect(parts).toMatchObject({ cache: 450, shared: 300, vmalloc: 30, kernelStacks: 60, arc: 480 });
  });

  it('count the swap cache that no process has mapped as memory of processes, and no more than there is', () => {
    const use = { anonymous: 1000, swapCached: 70 };
    const processes = (listed: number) => breakdownOf(machine({ cached: 500 }, { ...use, listed }))?.processes;
    expect(processes(1500)).toBe(1000);
    expect(processes(1540)).toBe(1040);
    expect(processes(9000)).toBe(1070);
  });

  it('are shown largest first, without those that are nothing', () => {
    const parts = breakdownOf(machine({ free: 0, cached: 5 * GIBIBYTE, shared: 4 * GIBIBYTE }, { zswap: 0 }));
    const shown = parts === undefined ? [] : partSizesOf(parts).map(({ part }) => part.id);
    expect(shown).toEqual(['unaccounted', 'shared', 'cache', 'processes']);
  });

  it('have a title, words and a way to free each, that fit a terminal of 80 columns and one of 120', () => {
    for (const { id, title, noun, what, release } of [...PARTS, UNACCOUNTED]) {
      expect(title.length, id).toBeLessThanOrEqual(19);
      expect(what.length, id).toBeLessThanOrEqual(38);
      expect(`${what}; to free: ${release}`.length, id).toBeLessThanOrEqual(76);
      expect(id).toMatch(/^[a-z][A-Za-z]+$/);
      for (const text of [title, noun, what]) expect(text).not.toBe('');
      if (id !== 'free') expect(release, id).not.toBe('');
    }
  });
});

describe('what fills the machine when processes do not', () => {
  const named = (more: Partial<SystemMemory>, use?: MemoryUse) => hiddenConsumer(machine(more, use))?.part.id;

  it.each([
    ['shared', { cached: 8.9 * GIBIBYTE, shared: 8.5 * GIBIBYTE }, {}],
    ['hugePages', {}, { hugePages: 8 * GIBIBYTE }],
    ['arc', {}, { arc: { size: 8 * GIBIBYTE, inSlab: 0 } }],
    ['slabUnreclaimable', {}, { slabUnreclaimable: 8 * GIBIBYTE }],
    ['zramUsed', {}, { zram: [{ name: 'zram0', stored: 9 * GIBIBYTE, used: 8 * GIBIBYTE }] }],
    ['unaccounted', {}, {}],
  ])('%s is named', (id, more, use) => {
    expect(named(more, use)).toBe(id);
  });

  it('is not named while processes explain half of what is used', () => {
    expect(named({}, { anonymous: 5 * GIBIBYTE, hugePages: 4 * GIBIBYTE })).toBeUndefined();
  });

  it('is not named while little is used', () => {
    expect(named({ free: 8 * GIBIBYTE, available: 8.5 * GIBIBYTE }, { hugePages: GIBIBYTE })).toBeUndefined();
  });

  it('is not the page cache: that is available', () => {
    expect(named({ available: 8.9 * GIBIBYTE, cached: 9 * GIBIBYTE })).toBeUndefined();
  });
});
