// The request for a collection, and its result.
import type { Step } from '../../model/collection/collection.ts';
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
export type CollectStep = Step;

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
