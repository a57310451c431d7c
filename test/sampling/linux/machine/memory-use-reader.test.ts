// What the breakdown of memory is made from, over trees that were recorded on real kernels, and on this machine.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { breakdownOf } from '../../../../src/model/breakdown/breakdown.ts';
import type { Snapshot, SystemMemory } from '../../../../src/model/snapshot/snapshot.ts';
import { openProcfs } from '../../../../src/sampling/linux/procfs.ts';
import { needing, never } from '../../needs.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures/proc', import.meta.url));
const MEBIBYTE = 2 ** 20;

async function check(root: string, details?: number): Promise<Snapshot> {
  const sampler = openProcfs(root);
  try {
    return await sampler.sample(needing({ details }), never);
  } finally {
    sampler.close();
  }
}
const fixture = async (name: string, details?: number) => await check(`${FIXTURES}/${name}/proc`, details);

const sumOf = (system: SystemMemory) => Object.values(breakdownOf(system) ?? {}).reduce((sum, part) => sum + part, 0);

describe('the breakdown of a recorded machine', () => {
  it.each(readdirSync(FIXTURES).filter((name) => name !== 'cut-off' && name !== 'odd'))(
    '%s adds up, and little is unaccounted for',
    async (name) => {
      const { system } = await fixture(name);
      expect(sumOf(system)).toBe(system.total);
      const unaccounted = breakdownOf(system)?.unaccounted ?? Number.NaN;
      // A few older meminfos of the fixtures have neither page tables nor stacks nor lists of CPUs.
      expect(unaccounted).toBeGreaterThan(-0.01 * (system.total ?? 0));
      expect(unaccounted).toBeLessThan((name.startsWith('memory-') ? 0.01 : 0.15) * (system.total ?? 0));
    },
  );

  it('with huge pages has their pool, and a process its part of it', async () => {
    const { system, details } = await fixture('memory-huge-pages', 4242);
    expect(breakdownOf(system)?.hugePages).toBe(200 * MEBIBYTE);
    expect(system.use?.hugePagesFree).toBe(80 * MEBIBYTE);
    expect(details?.memory.hugePages).toBe(120 * MEBIBYTE);
  });

  it('with swap on zram has what the device takes, and what it holds', async () => {
    const { system } = await fixture('memory-zram');
    expect(breakdownOf(system)?.zramUsed).toBe(14_376_960);
    expect(system.use?.zram).toEqual([
      {
        name: 'zram0',
        stored: 122_843_136,
        used: 14_376_960,
        swap: { size: 262_140 * 1024, used: 120_036 * 1024 },
      },
    ]);
    expect(system.swappedOut).toBeGreaterThan(100 * MEBIBYTE);
  });

  it('with ZFS has its cache, without what is in slab', async () => {
    const { system } = await fixture('memory-zfs');
    expect(breakdownOf(system)?.arc).toBe((9600 - 310) * MEBIBYTE);
  });
});

describe.runIf(process.platform === 'linux')('the breakdown of this machine', () => {
  it('adds up, with less than 3 percent unaccounted for', async () => {
    const { system } = await check('/proc');
    const { total = Number.NaN } = system;
    expect(sumOf(system)).toBe(total);
    expect(Math.abs(breakdownOf(system)?.unaccounted ?? Number.NaN)).toBeLessThan(0.03 * total);
  });
});
