// Swap on zram is not headroom like swap on a disk: what is swapped out to it stays in memory, compressed.

import type { Zram } from '../snapshot/memory-use.ts';
import type { SystemMemory } from '../snapshot/snapshot.ts';

/** With less data than this on a device its compression ratio predicts nothing. */
const TELLING = 16 * 2 ** 20;
/** What zram.rst says to expect ("we expect a 2:1 compression ratio"). */
const EXPECTED = 0.5;

/** The memory that one byte on the device takes, overhead included: 0.25 at 4:1 compression; never more than 1. */
export function costOf({ stored, used }: Zram): number {
  return stored < TELLING ? EXPECTED : Math.min(1, used / stored);
}

/** All zram devices together; undefined without zram. */
export function zramOf({ use }: SystemMemory): { readonly stored: number; readonly used: number } | undefined {
  const devices = use?.zram ?? [];
  if (devices.length === 0) return undefined;
  const sum = (part: (device: Zram) => number) => devices.reduce((total, device) => total + part(device), 0);
  return { stored: sum(({ stored }) => stored), used: sum(({ used }) => used) };
}

/**
 * Bytes that the machine can still gain by swapping out: free swap, of which zram counts only for what compression saves.
 * Moving `x` bytes to a device that needs `c` bytes for each gives back `x` and takes `c x`; so its free space counts
 * (1 − c) times, and no more of it than fits below its memory limit (mem_limit in zram.rst). The gain needs memory of
 * processes that can be swapped out, and assumes that it compresses as well as what is there. Undefined when free swap
 * is not known. zswap is not counted this way: everything it holds also has space reserved on the swap disk.
 */
export function swapHeadroom(system: SystemMemory): number | undefined {
  const { swapFree, use } = system;
  if (swapFree === undefined) return undefined;
  let headroom = swapFree;
  for (const device of use?.zram ?? []) {
    if (device.swap === undefined) continue;
    const free = Math.max(0, device.swap.size - device.swap.used);
    const cost = costOf(device);
    const below = device.limit === undefined ? free : Math.max(0, device.limit - device.used) / Math.max(cost, 0.01);
    headroom -= free - Math.min(free, below) * (1 - cost);
  }
  return Math.max(0, Math.round(headroom));
}

/** Bytes of swap on zram; 0 without zram. */
export function swapOnZram({ use }: SystemMemory): number {
  return (use?.zram ?? []).reduce((total, { swap }) => total + (swap?.size ?? 0), 0);
}
