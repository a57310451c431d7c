// What it costs to find what holds a leak, before it is done.

import { formatSize } from '../../text/format.ts';
import { limitTitle } from '../cgroup/sentences.ts';
import type { Headroom } from '../collection/snapshot-room.ts';
import { roomBelow } from '../snapshot/cgroup-memory.ts';
import type { Runtime } from '../snapshot/heap.ts';

const MIB = 2 ** 20;
/** Milliseconds a live megabyte: Node lists all objects of its heap (large ones, small ones); Python walks what it counts. */
const PACE: Readonly<Record<Runtime, { readonly from: number; readonly to: number }>> = {
  node: { from: 5, to: 22 },
  python: { from: 0.3, to: 1.5 },
};
/** A pause to be asked about, in milliseconds. */
const LONG = 1000;

/** For how many milliseconds the program is stopped, about. `live` is its heap in bytes; Python: its RSS. */
export function expectedSurvey(runtime: Runtime, live: number): { readonly from: number; readonly to: number } {
  const { from, to } = PACE[runtime];
  return { from: (from * live) / MIB, to: (to * live) / MIB };
}

export function isLongSurvey(runtime: Runtime, live: number): boolean {
  return expectedSurvey(runtime, live).to >= LONG;
}

/**
 * Why listing all objects of a heap may not fit, as a sentence; undefined where it does. The list takes 40 bytes an object,
 * less than the smallest ones themselves.
 */
export function surveyObjection(heapUsed: number, { available, limit }: Headroom): string | undefined {
  const takes = `Finding the containers may take up to ${formatSize(heapUsed)} in the program for a moment, and`;
  if (limit !== undefined && roomBelow(limit) < heapUsed) {
    return `${takes} only ${formatSize(roomBelow(limit))} is left below the ${limitTitle(limit)} (${formatSize(limit.limit)}).`;
  }
  if (available !== undefined && available < heapUsed) return `${takes} only ${formatSize(available)} is available.`;
  return undefined;
}
