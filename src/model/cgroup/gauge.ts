// The memory gauge: usage of the cgroup limit that memtop runs under, or of the machine; and how full it is.

import type { Thresholds } from '../appearance/appearance.ts';
import { type Level, levelOf } from '../appearance/severity.ts';
import { type GroupLimit, headroomBelow, type Pressure, usedOf } from '../snapshot/cgroup-memory.ts';
import type { SystemMemory } from '../snapshot/snapshot.ts';
import { reclaimableCache, usedMemory } from '../snapshot/system-memory.ts';
import { cgroupName } from './name.ts';
import { pressureLevel } from './pressure.ts';

/** Bytes. */
export interface Gauge {
  /** A limit may be 0. */
  readonly total: number;
  readonly available: number;
  readonly used: number;
  /** Reclaimable page cache; not part of `used`. */
  readonly cache: number;
  /** Absent for the machine. */
  readonly limit?: GroupLimit;
  readonly pressure?: Pressure;
}

/** The gauge of the limit in force, or of the machine where there is no limit or `isHost` is set. Undefined when neither is known. */
export function gaugeOf(system: SystemMemory, isHost = false): Gauge | undefined {
  const { limit } = system;
  return limit === undefined || isHost ? gaugeOfMachine(system) : gaugeOfLimit(limit);
}

function gaugeOfLimit(limit: GroupLimit): Gauge {
  const used = usedOf(limit);
  const { pressure } = limit;
  return {
    total: limit.limit,
    available: headroomBelow(limit),
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

/** The fraction of a gauge that is used: 0 to 1, more where usage exceeds the limit, and 1 for a limit of 0. */
export function usedFraction({ used, total }: Pick<Gauge, 'used' | 'total'>): number {
  return total > 0 ? used / total : 1;
}

/** How full a gauge is, as text and as a severity. */
export interface MemoryStatus {
  /** The severity, for the colour. */
  readonly level: Level;
  readonly word: 'OK' | 'fine' | 'tight' | 'short' | 'throttled' | 'stalling';
}

const WORDS = ['OK', 'fine', 'tight', 'short'] as const;

/**
 * The severity of a gauge. Usage decides, except below a limit that throttles (memory.high) or whose members wait for
 * memory most of the time: there usage alone would mislead.
 */
export function statusOf(gauge: Gauge, thresholds?: Thresholds): MemoryStatus {
  const level = levelOf(usedFraction(gauge), thresholds);
  const { limit, pressure } = gauge;
  const isStalling = limit !== undefined && pressure !== undefined && pressureLevel(pressure).role === 'bad';
  if (limit?.slows === true && (level >= 2 || isStalling)) return { level: 3, word: 'throttled' };
  if (isStalling) return { level: 3, word: 'stalling' };
  return { level, word: WORDS[level] };
}

/** The owner of the limit, as text: `docker 3f2a1b4c5d6e`. Hostile until cleaned. */
export function titleOfLimit({ path, container }: GroupLimit): string {
  const { kind, title } = cgroupName(path);
  if (path === '/') return container === undefined ? 'this container' : `container ${container.slice(0, 12)}`;
  return kind === 'cgroup' ? `cgroup ${title}` : title;
}
