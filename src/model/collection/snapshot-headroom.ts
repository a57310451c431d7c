// Whether there is enough memory for a heap snapshot: V8 builds all of it in the program's memory before it writes any of it.

import { formatSize } from '../../text/format.ts';
import { limitTitle } from '../cgroup/sentences.ts';
import { type GroupLimit, headroomBelow } from '../snapshot/cgroup-memory.ts';

/** While it is built, a snapshot takes up to this many times the size of the heap: measured on small objects, Node 20 to 26. */
const TIMES_HEAP = 25;

/** The memory that a program may still allocate, in bytes; unknown values are absent. */
export interface Headroom {
  /** MemAvailable of the machine. */
  readonly available?: number | undefined;
  /** The limit of its cgroup. */
  readonly limit?: GroupLimit | undefined;
}

/** Bytes that building a snapshot of a heap may take at most. */
export function snapshotNeed(heapUsed: number): number {
  return heapUsed * TIMES_HEAP;
}

/** Why a snapshot of a heap may not fit, with its figures, as a sentence; undefined where it fits. */
export function snapshotObjection(heapUsed: number, { available, limit }: Headroom): string | undefined {
  const need = snapshotNeed(heapUsed);
  const takes = `Writing it may take up to ${formatSize(need)} in the program (its heap holds ${formatSize(heapUsed)}), and`;
  if (limit !== undefined && headroomBelow(limit) < need) {
    return `${takes} only ${formatSize(headroomBelow(limit))} is left below the ${limitTitle(limit)} (${formatSize(limit.limit)}).`;
  }
  if (available !== undefined && available < need) return `${takes} only ${formatSize(available)} is available.`;
  return undefined;
}
