// The numbers that an agent reports about its program's memory: bytes and milliseconds, absent where not known.

/** Collections of one kind. */
export interface GcTally {
  readonly count: number;
  /** Their pauses together, in milliseconds. */
  readonly ms: number;
  /** The longest pause, in milliseconds. */
  readonly maxMs: number;
}

/** Collections by kind: `minor`, `major`, `incremental`, `weak` for Node; `gen0`, `gen1`, `gen2` for Python. */
export type GcTallies = Readonly<Record<string, GcTally>>;

/** Python's gc.get_stats() for one generation. */
export interface Generation {
  readonly collections: number;
  readonly collected: number;
  readonly uncollectable: number;
}

/** The answer to `stats`. Sizes in bytes. */
export interface Stats {
  readonly rss: number;
  /** Live and not yet collected objects. Python has no such number. */
  readonly heapUsed?: number;
  readonly heapTotal?: number;
  /** What the heap may grow to: V8's heap_size_limit. */
  readonly heapLimit?: number;
  /** Memory outside the heap that heap objects hold, array buffers included. */
  readonly external?: number;
  readonly arrayBuffers?: number;
  /** Counted while a client was subscribed to `gc` events; absent before the first subscription. */
  readonly gc?: GcTallies;
  /** For how many milliseconds collections were counted: what `gc` is to be divided by. */
  readonly gcObserved?: number;
  /** Worker threads the main thread started and that still run; absent where that is not cheaply known. */
  readonly workers?: number;
  /** Milliseconds since the last requested collect ended; absent before the first. */
  readonly sinceCollect?: number;
  /** Milliseconds since the program began. */
  readonly uptime: number;
  /** Python: gc.get_stats(), gc.get_count(), gc.get_threshold() and len(gc.garbage). */
  readonly generations?: readonly Generation[];
  readonly counts?: readonly number[];
  readonly thresholds?: readonly number[];
  readonly uncollectable?: number;
  /** Python: bytes tracemalloc knows of, when the program runs it. */
  readonly traced?: number;
  /** Python: bytes of tracemalloc's own tables. */
  readonly tracedOverhead?: number;
  /** Python: blocks that its own allocator has given out, for objects of 512 bytes or less; read seldom where that is dear, */
  readonly blocks?: number;
  /** and around a collect bytes that malloc(3) has given out, to Python for all larger ones and to everything else. */
  readonly mallocUsed?: number;
}

/** One part of the heap; Python: one generation, with `count` objects in it. */
export interface HeapSpace {
  readonly name: string;
  readonly size?: number;
  readonly used?: number;
  readonly available?: number;
  /** Bytes of it that are really in memory. */
  readonly physical?: number;
  readonly count?: number;
}
