// Everyday figures of the machine's memory, computed from the kernel's counters.
import type { SystemMemory } from './snapshot.ts';

/** Bytes in use: total less available, the formula free(1) uses since procps 4. Undefined when either is unknown. */
export function usedMemory(memory: SystemMemory): number | undefined {
  if (memory.total === undefined || memory.available === undefined) return undefined;
  return Math.max(0, memory.total - memory.available);
}

/** Bytes swapped out; undefined when not known. */
export function usedSwap(memory: SystemMemory): number | undefined {
  if (memory.swapTotal === undefined || memory.swapFree === undefined) return undefined;
  return Math.max(0, memory.swapTotal - memory.swapFree);
}

/** Reclaimable page cache and buffers: available but not free. Undefined when not known. */
export function reclaimableCache(memory: SystemMemory): number | undefined {
  if (memory.free === undefined || memory.available === undefined) return undefined;
  return Math.max(0, memory.available - memory.free);
}
