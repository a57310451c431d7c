// What a runtime reports about its memory: the part of a process that its garbage collector manages.

/** The runtime that manages the memory. */
export type Runtime = 'node' | 'python';

/** Collections since the agent began to count them; two readings make a rate. */
export interface GcTotals {
  readonly count: number;
  /** Milliseconds for which they stopped the program. */
  readonly time: number;
}

/**
 * The heap of one instrumented process, in bytes. One object is shared (===) by all snapshots between which
 * nothing in it changed. What its runtime does not report is absent, never zero: an object with a runtime and nothing
 * else means that the agent has not answered yet.
 */
export interface Heap {
  readonly runtime: Runtime;
  /** Live and dead objects that the collector has not yet separated. */
  readonly used?: number;
  /** Memory that the collector has taken from the system for objects. */
  readonly total?: number;
  /** The limit, beyond which the runtime aborts. */
  readonly limit?: number;
  /** Held by objects, but outside of the heap: Buffers, for the most part. */
  readonly external?: number;
  /** Python: blocks that its allocator has handed out for small objects; may be an older reading. */
  readonly blocks?: number;
  readonly gc?: GcTotals;
  /** When the agent stopped answering, in milliseconds since the epoch: the program's event loop is blocked. */
  readonly busySince?: number;
}

/** How often a runtime collects, and what it costs. */
export interface GcRate {
  readonly perMinute: number;
  /** Fraction of wall time spent on it, from 0 to 1. */
  readonly fraction: number;
}

/**
 * The rate between two readings that are `elapsed` milliseconds apart. Undefined when either reading has no
 * totals, or the totals restarted in between.
 */
export function gcRate(before: Heap, now: Heap, elapsed: number): GcRate | undefined {
  if (before.gc === undefined || now.gc === undefined || !(elapsed > 0)) return undefined;
  const count = now.gc.count - before.gc.count;
  const time = now.gc.time - before.gc.time;
  if (count < 0 || time < 0) return undefined;
  return { perMinute: (count * 60_000) / elapsed, fraction: Math.min(1, time / elapsed) };
}

/** Fraction of the heap's limit that is used, from 0 to 1; undefined when either is not known. */
export function limitFraction(heap: Heap): number | undefined {
  if (heap.used === undefined || heap.limit === undefined || heap.limit <= 0) return undefined;
  return heap.used / heap.limit;
}

/** Bytes by which the heap can still grow; undefined when use or limit is not known. */
export function heapHeadroomOf(heap: Heap | undefined): number | undefined {
  if (heap?.used === undefined || heap.limit === undefined || heap.limit <= 0) return undefined;
  return Math.max(0, heap.limit - heap.used);
}

/** Bytes that the collector manages: its objects and what they hold outside of the heap. */
export function heldBytes(heap: Pick<Heap, 'used' | 'external'>): number | undefined {
  return heap.used === undefined ? undefined : heap.used + (heap.external ?? 0);
}

/** Whether two readings are equal, so that the older object can be used for both. */
export function sameHeap(one: Heap, other: Heap): boolean {
  return (
    one.runtime === other.runtime &&
    one.used === other.used &&
    one.total === other.total &&
    one.limit === other.limit &&
    one.external === other.external &&
    one.blocks === other.blocks &&
    one.busySince === other.busySince &&
    one.gc?.count === other.gc?.count &&
    one.gc?.time === other.gc?.time
  );
}
