// A curve of steps cut into spans of equal length, so that later steps do not depend on how often it was sampled.
import { existing } from '../../numbers/existing.ts';
import { arrayOf, type Workspace } from '../../numbers/workspace.ts';
import type { Readings } from './readings.ts';

/** For each span: its middle in seconds since the profile began, the mean over time, the lowest and the highest value. */
export interface Profile {
  readonly times: Float64Array;
  readonly means: Float64Array;
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/** The curve from `from` to `to`, in milliseconds, in `count` spans. The first reading must not lie after `from`. */
export function profileOf(readings: Readings, from: number, to: number, count: number): Profile {
  const profile = emptyProfile(count, readings.workspace);
  const span = (to - from) / count;
  let next = lastUntil(readings, from);
  let value = existing(readings.values[next]);
  next += 1;
  for (let index = 0; index < count; index += 1) {
    const end = index === count - 1 ? to : from + (index + 1) * span;
    let at = from + index * span;
    let area = 0;
    let low = value;
    let high = value;
    // The newest reading counts, though no time has passed since.
    while (next < readings.count && (existing(readings.times[next]) < end || index === count - 1)) {
      const time = existing(readings.times[next]);
      area += value * (time - at);
      at = time;
      value = existing(readings.values[next]);
      if (value < low) low = value;
      if (value > high) high = value;
      next += 1;
    }
    profile.times[index] = ((index + 0.5) * span) / 1000;
    profile.means[index] = span > 0 ? (area + value * (end - at)) / span : value;
    profile.lows[index] = low;
    profile.highs[index] = high;
  }
  return profile;
}

function emptyProfile(count: number, workspace: Workspace | undefined): Profile {
  return {
    times: arrayOf(count, workspace),
    means: arrayOf(count, workspace),
    lows: arrayOf(count, workspace),
    highs: arrayOf(count, workspace),
  };
}

/** The index of the last reading at or before a moment; 0 if there is none. */
function lastUntil({ times, count }: Readings, moment: number): number {
  let last = 0;
  let after = count;
  while (after - last > 1) {
    const middle = (last + after) >> 1;
    if (existing(times[middle]) <= moment) last = middle;
    else after = middle;
  }
  return last;
}

/** The lowest of some values. */
export function lowestValue(values: Float64Array): number {
  let lowest = Number.POSITIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) lowest = Math.min(lowest, existing(values[index]));
  return lowest;
}

/** The highest of some values. */
export function highestOf(values: Float64Array): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) highest = Math.max(highest, existing(values[index]));
  return highest;
}

/** Spans in a block: longer than most teeth of a sawtooth. */
const BLOCK = 5;

/** The middle of each block, in seconds since the curve began. */
export function timesOf({ times }: Profile): Float64Array {
  const middles = new Float64Array(Math.floor(times.length / BLOCK));
  for (let block = 0; block < middles.length; block += 1) {
    middles[block] = existing(times[block * BLOCK + (BLOCK >> 1)]);
  }
  return middles;
}

/** The lowest value of each block. */
export function lowsOf({ lows }: Profile): Float64Array {
  const lowest = new Float64Array(Math.floor(lows.length / BLOCK));
  for (let block = 0; block < lowest.length; block += 1) {
    let low = existing(lows[block * BLOCK]);
    for (let at = block * BLOCK + 1; at < (block + 1) * BLOCK; at += 1) low = Math.min(low, existing(lows[at]));
    lowest[block] = low;
  }
  return lowest;
}

/** The highest value of each block. */
export function highsOf({ highs }: Profile): Float64Array {
  const highest = new Float64Array(Math.floor(highs.length / BLOCK));
  for (let block = 0; block < highest.length; block += 1) {
    let high = existing(highs[block * BLOCK]);
    for (let at = block * BLOCK + 1; at < (block + 1) * BLOCK; at += 1) high = Math.max(high, existing(highs[at]));
    highest[block] = high;
  }
  return highest;
}

/** The mean of each block. */
export function meansOf({ means }: Profile): Float64Array {
  const middle = new Float64Array(Math.floor(means.length / BLOCK));
  for (let block = 0; block < middle.length; block += 1) {
    let sum = existing(means[block * BLOCK]);
    for (let at = block * BLOCK + 1; at < (block + 1) * BLOCK; at += 1) sum += existing(means[at]);
    middle[block] = sum / BLOCK;
  }
  return middle;
}
