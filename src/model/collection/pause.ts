// Estimates how long a collection will stop a program, before it is requested.
import { formatSize } from '../../text/format.ts';
import type { Runtime } from '../snapshot/heap.ts';

/** The work of a collector in a program. */
export interface Workload {
  readonly runtime: Runtime;
  /** Bytes of objects: the heap. For Python, which does not report it, RSS. */
  readonly bytes: number;
  /** Python: blocks of its allocator, which hold small objects; absent where it does not count them. */
  readonly blocks?: number | undefined;
}

/** A range in milliseconds. */
export interface Pause {
  readonly from: number;
  readonly to: number;
}

type Pace = readonly [from: number, to: number];

/**
 * Milliseconds for each MiB of objects, measured on V8: a major collection, and last-resort ones, of which the second is left
 * out where the first freed next to nothing. For a Python that does not count its blocks the same is assumed per MiB of RSS.
 */
const PER_MEBIBYTE: Readonly<Record<string, Pace>> = { minor: [0, 0.05], full: [0.7, 1], reclaim: [1.7, 4.2] };

/**
 * Milliseconds for each million blocks, measured on Python 3.8 to 3.13: dicts of plain values and strings, which the
 * collector does not track, and cycles that are found. What is large, such as bytes, is one object and costs nothing.
 */
const PER_MILLION_BLOCKS: Readonly<Record<string, Pace>> = { minor: [0, 1], full: [8, 130], reclaim: [8, 150] };
/** And for the allocator to give back free pages, for each MiB of RSS. */
const TRIM = 0.4;

/** A pause this long needs the user's consent, in milliseconds. */
export const LONG_PAUSE = 1000;

/** The expected pause of a collection at a level. Memory outside of the heap, such as Buffers, costs no time. */
export function expectedPause(level: string, { runtime, bytes, blocks }: Workload): Pause {
  const mebibytes = bytes / 2 ** 20;
  if (runtime === 'python' && blocks !== undefined) {
    const [from, to] = PER_MILLION_BLOCKS[level] ?? [8, 150];
    const millions = blocks / 1e6;
    return { from: from * millions, to: to * millions + (level === 'reclaim' ? TRIM * mebibytes : 0) };
  }
  const [from, to] = PER_MEBIBYTE[level] ?? [1.7, 4.2];
  return { from: from * mebibytes, to: to * mebibytes };
}

/** Whether a collection is forecast to stop the program for a second or more. */
export function isLongPause(level: string, work: Workload): boolean {
  return expectedPause(level, work).to >= LONG_PAUSE;
}

/** The work as text: `240M`, or for Python `about 2.1 million objects`. */
export function workloadText({ bytes, blocks }: Workload): string {
  return blocks === undefined ? formatSize(bytes) : `about ${countText(blocks)} objects`;
}

/** 12345 as 12,345, and from a million on 1.2 million. */
function countText(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)} million`;
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}
