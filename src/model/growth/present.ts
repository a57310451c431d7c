// What a curve does now, where that differs from its history: a rise that has just begun, or one that has just ended.

import { highestOf } from './profile.ts';
import type { Observed, Readings } from './readings.ts';
import type { RecentRise } from './recent-rise.ts';
import { restOf } from './rest.ts';
import { efficiency } from './rise.ts';

const MINUTE = 60_000;
/** A recent pace within this factor of the pace of the history counts as the same; the pace of the history varies less. */
const SAME_PACE = 1.4;
/** A straight rise of this length (milliseconds) and of this size gets the pattern growing. */
const LONG_ENOUGH = 20_000;
const LEAST_FRACTION = 0.05;
const LEAST_BYTES = 4 * 2 ** 20;
/** A value whose movement is this one-sided does not swing, so it can come to rest. */
const STRAIGHT = 0.8;
/** A rest of this fraction of the window decides the pattern; a shorter one leaves it open. */
const LONG_REST = 0.25;

/** Whether the recent rise is the growth to report, rather than `growth` over a longer history. Bytes a second. */
export function isOtherPace({ pace }: RecentRise, growth: number): boolean {
  return pace >= growth * SAME_PACE || pace * SAME_PACE <= growth;
}

/** Whether a rise over seconds is long and large enough for the pattern growing. `value` is the newest, in bytes. */
export function isGrowing({ window, net }: RecentRise, value: number): boolean {
  return window >= LONG_ENOUGH && net > Math.max(LEAST_BYTES, value * LEAST_FRACTION);
}

/** A rise that is over: for how long, in milliseconds, and whether that is clear. */
interface Ended {
  readonly rest: number;
  readonly isClear: boolean;
}

/** The rest of a value that rose throughout the window and has stopped; undefined while it rises. `means` are those of the window. */
export function endedRise(
  readings: Readings,
  means: Float64Array,
  window: number,
  observed: Observed,
): Ended | undefined {
  // Only the part up to the highest value is checked: a value that has fallen since has stopped, too.
  if (efficiency(means.subarray(0, means.indexOf(highestOf(means)) + 1)) <= STRAIGHT) return undefined;
  const parts = [window, Math.min(window, 5 * MINUTE)];
  const rests = parts.map((part) => restOf(readings, observed.now - part, observed, 1) ?? 0);
  const rest = Math.max(...rests);
  return rest === 0 ? undefined : { rest, isClear: rest > window * LONG_REST };
}
