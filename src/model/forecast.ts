// When a thing that is left runs out: a range and a middle, or nothing where the past does not tell.
import type { Readings } from './history/log.ts';
import { highsOf, meansOf, type Profile, profileOf, timesOf } from './history/profile.ts';
import { rises } from './shape/rise.ts';
import { removeSpikes } from './shape/spikes.ts';
import type { Observed } from './shape.ts';
import { slope } from './slope.ts';
import { senSlope } from './trend.ts';

/** Milliseconds from now until nothing is left. */
export interface Forecast {
  readonly soonest: number;
  readonly middle: number;
  readonly latest: number;
}

const MINUTE = 60_000;
/** The longest of these pasts in which it falls all along is believed. */
const WINDOWS = [15 * MINUTE, 5 * MINUTE, 2 * MINUTE] as const;
/** Nothing is said after less than this. */
const SHORTEST_PAST = MINUTE;
/** Nothing is said of what lies further ahead. */
const FARTHEST = 24 * 60 * MINUTE;
const SPANS = 60;
/** What fell by less than this share of itself, or by fewer bytes, is not on its way out. */
const LEAST_SHARE = 0.01;
const LEAST_BYTES = 2 ** 20;
/** What falls at less than this share of its pace of before is levelling off. */
const LEVELLING = 0.7;
/** What slows down, but less than that, is given so much more time at most. */
const MOST_DELAY = 1.4;
/** A range that reaches so many times as far as its middle says nothing. */
const WIDEST = 2.5;
/** The range reaches further than what was found by this share: the future is less certain than the past. */
const MARGIN = 0.05;

/** Foretells from the past of what is left, in bytes. Undefined when it does not fall, or falls in no way to go by. */
export function forecast(readings: Readings, { since, now, interval }: Observed): Forecast | undefined {
  const known = now - since;
  if (known < SHORTEST_PAST) return undefined;
  removeSpikes(readings, interval * 1.5);
  const windows = [...new Set(WINDOWS.map((window) => Math.min(window, known)))];
  for (const window of windows) {
    const profile = profileOf(readings, now - window, now, SPANS);
    const found = isFalling(profile) ? rangeOf(profile, window / 1000) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether most of what is left went one way all along. */
function isFalling(profile: Profile): boolean {
  const highest = Math.max(...profile.highs);
  const height = highest - Math.min(...profile.lows);
  return rises(
    highsOf(profile).map((high) => -high),
    Math.max(LEAST_BYTES, highest * LEAST_SHARE, height / 2),
  );
}

/** The range of all that the past can be taken to say; undefined when that is too much. `end` is now, in seconds. */
function rangeOf(profile: Profile, end: number): Forecast | undefined {
  const times = timesOf(profile);
  const half = times.length >> 1;
  const means = meansOf(profile);
  const before = slope(times.subarray(0, half), means.subarray(0, half));
  const lately = slope(times.subarray(half), means.subarray(half));
  if (!(lately < LEVELLING * before)) return undefined;
  const left = leftAt(times, means, lately, end);
  const ends = [...straightEnds(times, means, end), bentEnd(left, before, lately, end)];
  // What swings about the line may bring the end forward, or put it off.
  const swing = swingOf(profile, lately) / -lately;
  return settled(ends, swing);
}

/** Seconds from now until lines through all and through the newer half reach zero, and through the bounds of their slope. */
function straightEnds(times: Float64Array, values: Float64Array, end: number): number[] {
  const half = times.length >> 1;
  const { lower, upper } = senSlope([...times], [...values]);
  const rates = [slope(times, values), slope(times.subarray(half), values.subarray(half)), lower, upper];
  return rates.map((rate) => (rate < 0 ? leftAt(times, values, rate, end) / -rate : Number.POSITIVE_INFINITY));
}

/** What a line of this slope through the newer half says is left now. */
function leftAt(times: Float64Array, values: Float64Array, rate: number, end: number): number {
  const half = times.length >> 1;
  const offs = values
    .subarray(half)
    .map((value, index) => value - rate * (times[half + index] as number))
    .sort();
  return Math.max(0, (offs[offs.length >> 1] as number) + rate * end);
}

/** The same for a curve that goes on speeding up, or slowing down, as it did. */
function bentEnd(left: number, before: number, lately: number, end: number): number {
  const pull = (lately - before) / (end / 2);
  const rate = lately + (pull * end) / 4;
  if (pull === 0) return left / -lately;
  // Zeros of left + rate t + pull t² / 2, the first of them; a curve that turns before it has none.
  const root = rate * rate - 2 * pull * left;
  return root < 0 || rate >= 0 ? (MOST_DELAY * left) / -lately : (2 * left) / (-rate + Math.sqrt(root));
}

/** The farthest that a span of the newer half lies from the line, in bytes. */
function swingOf({ times, lows, highs }: Profile, rate: number): number {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = times.length >> 1; index < times.length; index += 1) {
    lowest = Math.min(lowest, (lows[index] as number) - rate * (times[index] as number));
    highest = Math.max(highest, (highs[index] as number) - rate * (times[index] as number));
  }
  return (highest - lowest) / 2;
}

function settled(seconds: readonly number[], swing: number): Forecast | undefined {
  const sorted = seconds.map((end) => end * 1000).sort((one, other) => one - other);
  const [first, last] = [sorted[0] as number, sorted.at(-1) as number];
  const middle = sorted[sorted.length >> 1] as number;
  const soonest = Math.max(0, first * (1 - MARGIN) - swing * 1000);
  const latest = last * (1 + MARGIN) + swing * 1000;
  const isPoor = latest > WIDEST * middle + MINUTE || middle > FARTHEST;
  return isPoor || !Number.isFinite(latest) ? undefined : { soonest, middle, latest };
}
