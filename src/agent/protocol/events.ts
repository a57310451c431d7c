// Events: what an agent reports by itself, coalesced, to subscribers.
import type { GcTallies, Stats } from './stats.ts';

export const EVENT_NAMES = ['gc', 'stats'] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** Milliseconds between two events of one subscription. */
export const EVENT_INTERVAL = { least: 100, default: 1_000, most: 600_000 } as const;

export interface SubscribeParams {
  readonly events: readonly EventName[];
  /** Milliseconds, 100 to 600,000. Default: 1,000. It replaces an earlier one of the same connection. */
  readonly interval?: number;
}

export interface UnsubscribeParams {
  /** Default: all. */
  readonly events?: readonly EventName[];
}

/** What the connection is subscribed to from now on. */
export interface SubscribeResult {
  readonly events: readonly EventName[];
  readonly interval: number;
}

/** At most one an interval. Nothing is sent when there is nothing to report. */
export interface EventParams {
  /** Wall clock, milliseconds since the epoch. */
  readonly time: number;
  /** Collections since the event before, by kind; absent when there was none. */
  readonly gc?: GcTallies;
  readonly stats?: Stats;
}
