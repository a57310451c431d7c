// When remaining memory runs out: a range and a middle, or nothing where the history does not support a forecast.

import { existing } from '../../numbers/existing.ts';
import { senSlope } from './mann-kendall.ts';
import { type Forecast, nearEnd } from './near-end.ts';
import { highestOf, highsOf, lowestValue, meansOf, type Profile, profileOf, timesOf } from './profile.ts';
import type { Observed, Readings } from './readings.ts';
import { replayedEnd } from './replay.ts';
import { restOf } from './rest.ts';
import { efficiency, rises } from './rise.ts';
import { speedingEnd } from './speeding.ts';
import { removeSpikes } from './spikes.ts';
import { slope } from './theil-sen.ts';

const MINUTE = 60_000;
/** Up to this age, in milliseconds, memory that a program loaded at its start is in every window except the last minute. */
const LATELY_BEGUN = 2.5 * MINUTE;
/** The longest of these windows in which the value falls throughout is used. */
const WINDOWS = [15 * MINUTE, 5 * MINUTE, 2 * MINUTE, MINUTE] as const;
/** Minutes give no forecast from a history shorter than this. */
const SHORTEST_HISTORY = MINUTE;
/** A later end is not reported. */
const FARTHEST = 24 * 60 * MINUTE;
const SPANS = 60;
/** A value that fell by less than this fraction of itself, or by fewer bytes, is not running out. */
const LEAST_FRACTION = 0.01;
const LEAST_BYTES = 2 ** 20;
/** A fall whose pace has dropped below this fraction of its earlier pace is levelling off. */
const LEVELLING = 0.7;
/** A curve that slows down less than that gets at most this much more time. */
const MOST_DELAY = 1.4;
/** A range this many times as wide as its middle is useless. */
const WIDEST = 2.5;
/** A forecast from seconds is used when it is sooner than this fraction of the forecast from minutes. */
const MUCH_SOONER = 0.75;
/** It also gives the middle, in a range that covers both, when it is nearer than this fraction of its stretch. */
const CLOSE = 0.3;
/** An end more than this many windows ahead is not reported. */
const FARTHEST_WINDOWS = 15;
/** A value that recently fell this many times as fast is judged in a shorter window. */
const FASTER = 1.5;
/** New ground: the lowest value from this fraction of the window on is below all values before the window by more than
 * the second fraction of the fall. */
const NEWEST = 0.75;
const NEW_GROUND = 0.3;
/** A value whose movement is this one-sided does not swing. */
const STRAIGHT = 0.8;
/** An exponential end is reported at most this much sooner, and this much later. */
const SPEEDING_SOONER = 0.85;
const SPEEDING_LATER = 1.6;
/** Swings count above this fraction of the remaining time, or half this fraction of the window: the lows reach the end first. */
const SWINGS = 0.15;
/** Peaks are taken off the end above this fraction of the remaining time. */
const PEAKS = 0.08;
/** This fraction of the lows, the lowest ones, is ignored as noise. */
const MOST_LOWS = 0.07;
/** The reported range is wider than the computed one by this fraction: the future is less certain than the history. */
const MARGIN = 0.05;

/**
 * Forecasts from the history of remaining memory, in bytes. Undefined when it does not fall, or not regularly enough. The
 * readings are modified.
 */
export function forecast(readings: Readings, observed: Observed): Forecast | undefined {
  const found = nearEnd(readings, observed);
  const near = found && { soonest: found.soonest, middle: found.middle, latest: found.latest };
  const far = observed.now - observed.since < SHORTEST_HISTORY ? undefined : farEnd(readings, observed);
  if (found === undefined || near === undefined || far === undefined) return near ?? far;
  // The fall has become faster than in the long history. A tooth of a sawtooth falls fast, too, and comes back.
  if (near.middle < far.middle * MUCH_SOONER && found.newGround > largestRebound(readings)) return near;
  return near.middle < found.window * CLOSE ? within(near, far) : far;
}

/** The largest rise of the values above their lowest value so far. */
function largestRebound({ values, count }: Readings): number {
  let lowest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let index = 0; index < count; index += 1) {
    lowest = Math.min(lowest, existing(values[index]));
    largest = Math.max(largest, existing(values[index]) - lowest);
  }
  return largest;
}

/** The forecast from minutes: from the longest window in which the remaining memory falls throughout. */
function farEnd(readings: Readings, observed: Observed): Forecast | undefined {
  const { since, now, interval } = observed;
  const known = now - since;
  // A peak may last for one reading only.
  const withPeaks = { ...readings, values: readings.values.slice(0, readings.count) };
  removeSpikes(readings, interval * 1.5);
  let slower: Forecast | undefined;
  for (const window of new Set(WINDOWS.map((one) => Math.min(one, known)))) {
    // So short a history is used only for a fall that has become faster, or that began with a jump not long ago.
    if (window === MINUTE && window < known && slower === undefined && known > LATELY_BEGUN) break;
    const profile = profileOf(readings, now - window, now, SPANS);
    if (!isFalling(profile) || hasStopped(readings, profile, window, observed)) continue;
    if (window < Math.min(known, WINDOWS[0]) && !isNewGround(readings, profile, now - window)) continue;
    const found = rangeOf(profile, withPeaks, observed, window);
    if (found === undefined || found.forecast.middle > FARTHEST_WINDOWS * window) continue;
    if (!found.isFaster) return found.forecast;
    slower ??= found.forecast;
  }
  return slower;
}

/** Whether a straight fall has stopped. A value that swings pauses at its highs again and again, which means nothing. */
function hasStopped(readings: Readings, { means }: Profile, window: number, observed: Observed): boolean {
  // Only the part up to the lowest value is checked: a value that has risen since has stopped, too.
  if (efficiency(means.subarray(0, means.indexOf(lowestValue(means)) + 1)) > -STRAIGHT) return false;
  const parts = new Set([window, Math.min(window, 5 * MINUTE)]);
  return [...parts].some((part) => restOf(readings, observed.now - part, observed, -1) !== undefined);
}

/** Whether the value fell below all values before the window. A fall that stays above earlier lows usually comes back. */
function isNewGround({ times, values, count }: Readings, { lows, highs }: Profile, from: number): boolean {
  let before = Number.POSITIVE_INFINITY;
  for (let index = 0; index < count && existing(times[index]) <= from; index += 1) {
    before = Math.min(before, existing(values[index]));
  }
  const last = lowestValue(lows.subarray(lows.length * NEWEST));
  return before - last > NEW_GROUND * (existing(highs[0]) - last);
}

/** Whether the highs fell throughout, by at least half of the height. */
function isFalling(profile: Profile): boolean {
  const highest = highestOf(profile.highs);
  const height = highest - lowestValue(profile.lows);
  return rises(
    highsOf(profile).map((high) => -high),
    Math.max(LEAST_BYTES, highest * LEAST_FRACTION, height / 2),
  );
}

interface Found {
  readonly forecast: Forecast;
  /** The newer half fell much faster. */
  readonly isFaster: boolean;
}

/** The range of all plausible forecasts; undefined when it is too wide. `withPeaks` has the peaks of single readings, too. */
function rangeOf(profile: Profile, withPeaks: Readings, observed: Observed, window: number): Found | undefined {
  const end = window / 1000;
  const times = timesOf(profile);
  const half = times.length >> 1;
  const means = meansOf(profile);
  const before = slope(times.subarray(0, half), means.subarray(0, half));
  const lately = slope(times.subarray(half), means.subarray(half));
  if (!(lately < LEVELLING * before)) return undefined;
  // Swings around the line may make the end earlier or later.
  const swing = swingOf(profile, lately) / -lately;
  const left = leftAt(times, means, lately, end);
  // Where a fall accelerates, a line ends above the newest value: that value is used as what is left.
  const newest = Math.max(0, existing(profile.means[profile.means.length - 1]));
  const speeding = speedingEnd(times, means, newest, end);
  if (speeding !== undefined) {
    const latest = Math.min(newest / -speeding.rate, speeding.at * SPEEDING_LATER);
    const forecast = settled([speeding.at, speeding.at * SPEEDING_SOONER, latest], swing);
    return forecast && { forecast, isFaster: false };
  }
  const atLine = left / -lately;
  const swings = swing > SWINGS * atLine || swing > (SWINGS * end) / 2;
  const isFaster = lately < FASTER * before;
  const hasPeaks = swings || swing > PEAKS * atLine;
  const sooner = hasPeaks
    ? peakOf(profile, profileOf(withPeaks, observed.now - window, observed.now, SPANS), lately) / -lately
    : 0;
  const ends = [...straightEnds(times, means, end), bentEnd(left, before, lately, end)];
  const forecast = settled(
    ends.map((one) => Math.max(0, one - sooner)),
    swing,
    sooner,
  );
  const again = swings ? replayedEnd(withPeaks, observed, window) : undefined;
  const together = again === undefined || forecast === undefined ? (again ?? forecast) : within(again, forecast);
  return together && { forecast: together, isFaster };
}

/** The middle of one forecast, with a range that covers both. */
function within(one: Forecast, other: Forecast): Forecast {
  const { soonest, middle, latest } = one;
  return { soonest: Math.min(soonest, other.soonest), middle, latest: Math.max(latest, other.latest) };
}

/** Seconds from now until four lines reach zero: with the slope of all values, of the newer half, and the bounds of Sen's slope. */
export function straightEnds(times: Float64Array, values: Float64Array, end: number): number[] {
  const half = times.length >> 1;
  const { lower, upper } = senSlope([...times], [...values]);
  const rates = [slope(times, values), slope(times.subarray(half), values.subarray(half)), lower, upper];
  return rates.map((rate) => (rate < 0 ? leftAt(times, values, rate, end) / -rate : Number.POSITIVE_INFINITY));
}

/** The value now of a line of this slope through the newer half. */
function leftAt(times: Float64Array, values: Float64Array, rate: number, end: number): number {
  const half = times.length >> 1;
  const offs = values
    .subarray(half)
    .map((value, index) => value - rate * existing(times[half + index]))
    .sort();
  return Math.max(0, existing(offs[offs.length >> 1]) + rate * end);
}

/** Seconds until a curve reaches zero that keeps its bend. */
function bentEnd(left: number, before: number, lately: number, end: number): number {
  const pull = (lately - before) / (end / 2);
  const rate = lately + (pull * end) / 4;
  if (pull === 0) return left / -lately;
  // Zeros of left + rate t + pull t² / 2, the first of them; a curve that turns before zero has none.
  const root = rate * rate - 2 * pull * left;
  return root < 0 || rate >= 0 ? (MOST_DELAY * left) / -lately : (2 * left) / (-rate + Math.sqrt(root));
}

/** Half the distance between the highest and the lowest value of the newer half around the line, in bytes. */
function swingOf({ times, lows, highs }: Profile, rate: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = times.length >> 1; index < times.length; index += 1) {
    lowest = Math.min(lowest, existing(lows[index]) - rate * existing(times[index]));
    highest = Math.max(highest, existing(highs[index]) - rate * existing(times[index]));
  }
  return Math.max(0, (highest - lowest) / 2 - fallWithin(times, rate));
}

/** How far the lows of the newer half lie below the line through its means, in bytes; the lowest few are ignored as noise. */
function peakOf({ times, means }: Profile, { lows }: Profile, rate: number): number {
  const half = times.length >> 1;
  const offsOf = (values: Float64Array) =>
    values
      .subarray(half)
      .map((value, index) => value - rate * existing(times[half + index]))
      .sort();
  const low = existing(offsOf(lows)[Math.floor(half * MOST_LOWS)]);
  return Math.max(0, existing(offsOf(means)[half >> 1]) - low - fallWithin(times, rate));
}

/** Half of the fall of a line within a span, in bytes. */
function fallWithin(times: Float64Array, rate: number): number {
  return Math.abs(rate * (existing(times[1]) - existing(times[0]))) / 2;
}

/** The range over all of these ends; undefined where it is too wide to be useful. `sooner` is what was taken off them for swings. */
export function settled(seconds: readonly number[], swing: number, sooner = 0): Forecast | undefined {
  const sorted = seconds.map((end) => end * 1000).sort((one, other) => one - other);
  const [first, last] = [existing(sorted[0]), existing(sorted.at(-1))];
  const middle = existing(sorted[sorted.length >> 1]);
  const soonest = Math.max(0, first * (1 - MARGIN) - swing * 1000);
  const latest = (last + sooner * 1000) * (1 + MARGIN) + swing * 1000;
  const isPoor = latest > WIDEST * middle + MINUTE + 3000 * sooner || middle > FARTHEST;
  return isPoor || !Number.isFinite(latest) ? undefined : { soonest, middle, latest };
}
