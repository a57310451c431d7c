// Asking for a collection, and what it did.
import type { Stats } from './stats.ts';

/** From the cheapest to the one that shows an effect. */
export const LEVELS = ['minor', 'full', 'reclaim'] as const;

export type CollectLevel = (typeof LEVELS)[number];

/** A reclaim collects again until a round frees less than this part of RSS: another one would pause the program for nothing. */
export const WORTHWHILE = 0.02;

export const MAX_ROUNDS = { least: 1, default: 4, most: 16 } as const;

export interface CollectParams {
  /** Default: `reclaim`. */
  readonly level?: CollectLevel;
  /** Maximum number of rounds of `reclaim`, 1 to 16. Default: 4. */
  readonly maxRounds?: number;
}

/** One thing that was done, in order. */
export interface CollectStep {
  /**
   * `minor`, `major` and `last-resort` are collections of the main heap and pause the program; `workers` are the
   * heaps of its worker threads; `trim` gives the allocator's free pages back (malloc_trim(3)).
   */
  readonly name: string;
  readonly ms: number;
  /** RSS right after it, in bytes. */
  readonly rss: number;
  /** Heap and memory outside of it right after, in bytes: a busy program has grown again when all steps are over. */
  readonly held?: number;
  /** How many worker threads collected. */
  readonly workers?: number;
  /** What those that collected held before and after: heaps, and memory outside of them, in bytes. */
  readonly heldBefore?: number;
  readonly heldAfter?: number;
  /** What was done otherwise than asked, or not at all: a sentence. */
  readonly note?: string;
}

export interface CollectResult {
  /** The level that ran. A request made while another collect ran has that one's answer. */
  readonly level: CollectLevel;
  /** All steps together, in milliseconds. */
  readonly ms: number;
  /** How often the main heap was collected. */
  readonly rounds: number;
  readonly steps: readonly CollectStep[];
  readonly before: Stats;
  readonly after: Stats;
  /** Python: objects found unreachable. */
  readonly unreachable?: number;
}
