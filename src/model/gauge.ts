// Whose memory the gauge shows: that of the limit memtop runs under, or the machine's.
import { cgroupName } from './cgroup-name.ts';
import { reclaimableCache, usedMemory } from './memory.ts';
import { type GroupLimit, type Pressure, roomBelow, usedOf } from './memory-group.ts';
import type { SystemMemory } from './snapshot.ts';

/** Bytes. */
export interface Gauge {
  readonly total: number;
  readonly available: number;
  readonly used: number;
  /** Page cache that can be had back, beside what is used. */
  readonly cache: number;
  /** Absent where it is the machine's own. */
  readonly limit?: GroupLimit;
  readonly pressure?: Pressure;
}

/** The gauge of the limit in force, or of the machine where there is none or `isHost`. Undefined when neither is known. */
export function gaugeOf(system: SystemMemory, isHost = false): Gauge | undefined {
  const { limit } = system;
  return limit === undefined || isHost ? gaugeOfMachine(system) : gaugeOfLimit(limit);
}

function gaugeOfLimit(limit: GroupLimit): Gauge {
  const used = usedOf(limit);
  const { pressure } = limit;
  return {
    total: limit.limit,
    available: roomBelow(limit),
    used,
    cache: Math.max(0, Math.min(limit.charged, limit.limit) - used),
    limit,
    ...(pressure !== undefined && { pressure }),
  };
}

function gaugeOfMachine(system: SystemMemory): Gauge | undefined {
  const { total, available, pressure } = system;
  const used = usedMemory(system);
  if (total === undefined || available === undefined || used === undefined) return undefined;
  const cache = reclaimableCache(system) ?? 0;
  return { total, available, used, cache, ...(pressure !== undefined && { pressure }) };
}

/** What has the limit, in words: `docker 3f2a1b4c5d6e`. Hostile until cleaned. */
export function titleOfLimit({ path, container }: GroupLimit): string {
  const { kind, title } = cgroupName(path);
  if (path === '/') return container === undefined ? 'this container' : `container ${container.slice(0, 12)}`;
  return kind === 'cgroup' ? `cgroup ${title}` : title;
}
