// The types of memtop/agent as programs see them, in a separate file: the build copies it next to agent.cjs.
// test/agent/node/types.test.ts keeps it equal to what the agent really exports.

export type Level = 'minor' | 'full' | 'reclaim';

export interface CollectParams {
  /** `reclaim` by default: it gives freed memory back to the system, too. */
  readonly level?: Level;
  /** Rounds of a reclaim at most, 1 to 16; 4 by default. */
  readonly maxRounds?: number;
}

/** Collections of one kind: how many, and their pauses in milliseconds. */
export interface GcTally {
  readonly count: number;
  readonly ms: number;
  readonly maxMs: number;
}

/** Sizes in bytes, times in milliseconds; what is not known is absent. */
export interface Stats {
  readonly rss: number;
  readonly heapUsed?: number;
  readonly heapTotal?: number;
  /** What the heap may grow to. */
  readonly heapLimit?: number;
  /** Memory outside the heap that heap objects hold, array buffers included. */
  readonly external?: number;
  readonly arrayBuffers?: number;
  /** Collections by kind, counted while a client listened. */
  readonly gc?: Readonly<Record<string, GcTally>>;
  /** For how many milliseconds they were counted. */
  readonly gcObserved?: number;
  /** Worker threads that run. */
  readonly workers?: number;
  /** Since the last requested collect ended. */
  readonly sinceCollect?: number;
  readonly uptime: number;
}

/** One thing a collect did. */
export interface CollectStep {
  /** `minor`, `major`, `last-resort`, `workers` or `trim`. */
  readonly name: string;
  readonly ms: number;
  /** RSS right after it, in bytes. */
  readonly rss: number;
  /** How many worker threads collected. */
  readonly workers?: number;
  /** A sentence about what differs from the request. */
  readonly note?: string;
}

export interface CollectResult {
  readonly level: Level;
  /** All steps together, in milliseconds. */
  readonly ms: number;
  readonly rounds: number;
  readonly steps: readonly CollectStep[];
  readonly before: Stats;
  readonly after: Stats;
}

/**
 * Collects garbage in this program; joins the collect that runs, if one does.
 * Rejects with an Error whose message is a sentence when the parameters are wrong or this runtime cannot collect.
 */
export declare function collect(params?: CollectParams): Promise<CollectResult>;

/** The memory of this program now. */
export declare function stats(): Stats;
