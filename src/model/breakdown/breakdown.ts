// Where the machine's memory went: parts that do not overlap and add up to all of it.

import type { SystemMemory } from '../snapshot/snapshot.ts';
import { usedMemory } from '../snapshot/system-memory.ts';
import { PARTS, type Part, type PartId, UNACCOUNTED } from './parts.ts';

export type BreakdownId = PartId | typeof UNACCOUNTED.id;

/** A part and its bytes. */
export interface PartSize {
  readonly part: Omit<Part, 'bytes'> & { readonly id: BreakdownId };
  readonly bytes: number;
}

/** Bytes by part; unknown parts are absent. The parts that are there add up to MemTotal. */
export type Breakdown = { readonly [Id in PartId]?: number } & { readonly unaccounted: number };

/**
 * The parts of the machine's memory. `unaccounted` is what remains of MemTotal, so that the sum is exact; it is below
 * zero, by little, when counters moved while they were read or the first per-CPU areas lie outside MemTotal
 * (pcpu_nr_pages in mm/percpu.c counts them). Undefined where the kernel does not report anonymous memory, page cache
 * and free memory.
 */
export function breakdownOf(system: SystemMemory): Breakdown | undefined {
  const { total, free } = system;
  const found: { [Id in PartId]?: number } = {};
  let unaccounted = total ?? 0;
  for (const { id, bytes } of PARTS) {
    const known = bytes(system);
    if (known === undefined) continue;
    found[id] = known;
    unaccounted -= known;
  }
  const isKnown = found.processes !== undefined && found.cache !== undefined;
  return total === undefined || free === undefined || !isKnown ? undefined : { ...found, unaccounted };
}

/** The parts above zero, largest first. */
export function partSizesOf(breakdown: Breakdown): PartSize[] {
  return [...PARTS, UNACCOUNTED]
    .map((part): PartSize => ({ part, bytes: breakdown[part.id] ?? 0 }))
    .filter(({ bytes }) => bytes !== 0)
    .sort((one, other) => other.bytes - one.bytes);
}

/** Below this fraction in use, there is no need to show where the memory went. */
const NOTABLE_USE = 0.2;
/** Processes that have at least this fraction of used memory explain it. */
const EXPLAINED = 0.5;
/** A consumer with less than this fraction of used memory does not explain it. */
const NOTABLE_FRACTION = 0.25;

/** The largest consumer other than processes, where processes do not explain the memory in use; undefined where they do. */
export function hiddenConsumer(system: SystemMemory): PartSize | undefined {
  const breakdown = breakdownOf(system);
  const used = usedMemory(system);
  if (breakdown === undefined || used === undefined || used < NOTABLE_USE * (system.total ?? 0)) return undefined;
  if ((breakdown.processes ?? 0) >= EXPLAINED * used) return undefined;
  const largest = partSizesOf(breakdown).find(({ part }) => part.isHidden === true);
  return largest !== undefined && largest.bytes >= NOTABLE_FRACTION * used ? largest : undefined;
}
