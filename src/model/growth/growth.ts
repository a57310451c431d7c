// The growth pattern and rate of a curve: distinguishes a leak from a warm-up, a sawtooth and a job that comes and goes.

import { existing } from '../../numbers/existing.ts';
import { FIT_SPANS, Fit } from './fit.ts';
import { endedRise, isGrowing, isOtherPace } from './present.ts';
import { highestOf, highsOf, lowestValue, lowsOf, type Profile, profileOf, timesOf } from './profile.ts';
import type { Observed, Readings } from './readings.ts';
import { recentRise } from './recent-rise.ts';
import { rises } from './rise.ts';
import { removeSpikes } from './spikes.ts';
import { slope } from './theil-sen.ts';
import { type Turns, turnsOf } from './turns.ts';

export type GrowthPattern = 'steady' | 'growing' | 'shrinking' | 'sawtooth' | 'burst';

export interface Judgement {
  /** Units a second, over the window in which a line fits best. */
  readonly growth: number;
  /** That window, in milliseconds. */
  readonly window: number;
  /** From 0 to 1: how much of the movement the line explains. 1 for a line, about 0 for a value that only swings. */
  readonly quality: number;
  /** Undefined where it is too early to say, or not clear. */
  readonly pattern: GrowthPattern | undefined;
}

const MINUTE = 60_000;
/** Growth is measured over the longest of these windows that a line fits. */
const WINDOWS = [MINUTE, 5 * MINUTE, 15 * MINUTE] as const;
export const LONGEST_WINDOW = WINDOWS[2];

/** The judgement of a value that does not move. */
export const STILL: Judgement = { growth: 0, window: LONGEST_WINDOW, quality: 1, pattern: 'steady' };

/** A line that explains this fraction of the movement fits. */
const FITS = 0.8;
/** No pattern before this length of history. */
const SHORTEST_HISTORY = 55_000;
/** A movement of fewer bytes than this, or of a smaller fraction of its height, does not count. */
const LEAST_BYTES = 128 * 1024;
/** A turn has at least this fraction of the whole height of the curve. */
const TURN = 0.3;
/** A curve that swings by less than this fraction of its highest value is steady. */
const LEAST_SWING = 0.08;
/** A value this near to the floor, as a fraction of the height, counts as resting. */
const NEAR_FLOOR = 0.25;
/** A curve that seems steady but recently moved by this fraction of its height gets no pattern: it may have just begun. */
const DOUBTFUL = 0.05;
/** Jobs that come and go rest for at least this fraction of the time; one that has just begun, for this. */
const RESTS = 0.4;
const JUST_NOW = 0.85;
/** A curve that began with a jump and rises since is also judged by this fraction of its history. */
const LATER = 0.6;
/** Growth in a newest part must exceed this fraction of its highest value: the end of a warm-up is not growth. */
const LEAST_FRACTION_LATELY = 0.03;
/** A floor rises when it has risen by this fraction of the height. */
const RISING_FLOOR = 0.15;

/** Judges a curve of steps. Values that lasted for a single reading are removed first, which modifies the readings. */
export function judge(readings: Readings, observed: Observed): Judgement {
  const { since, now, interval } = observed;
  const recent = recentRise(readings, observed);
  const value = existing(readings.values[readings.count - 1]);
  removeSpikes(readings, interval * 1.5);
  const windows = windowsWithin(now - since);
  const fits = windows.map((window) => new Fit(readings, observed, window));
  const longest = existing(fits.at(-1));
  const word = longest.window < SHORTEST_HISTORY ? undefined : patternOf(readings, now, fits);
  const judged = { ...reported(word, fits), pattern: word };
  if (recent !== undefined) {
    const rate = isOtherPace(recent, judged.growth)
      ? { growth: recent.pace, window: recent.window, quality: 1 }
      : judged;
    const pattern = isGrowing(recent, value) ? 'growing' : word;
    return withoutDoubt({ ...rate, pattern }, longest);
  }
  return withoutDoubt(word === 'growing' ? stillGrowing(judged, readings, longest, observed) : judged, longest);
}

/** The judgement of a growing curve: a straight rise may have ended, and a curve that swings grows at the pace of its floor. */
function stillGrowing(judged: Judgement, readings: Readings, longest: Fit, observed: Observed): Judgement {
  const { profile, window } = longest;
  const ended = endedRise(readings, profile.means, window, observed);
  if (ended !== undefined) {
    return { growth: 0, window: ended.rest, quality: 1, pattern: ended.isClear ? 'steady' : undefined };
  }
  const height = highestOf(profile.highs) - lowestValue(profile.lows);
  const swings = turnsOf(readings, height * TURN).values.length > 2;
  return swings ? { ...judged, ...floorRate(longest) } : judged;
}

/** No pattern for a curve that seems steady but moved recently. */
function withoutDoubt(judgement: Judgement, { profile }: Fit): Judgement {
  if (judgement.pattern !== 'steady') return judgement;
  const moved = (Math.abs(judgement.growth) * judgement.window) / 1000;
  return moved > highestOf(profile.highs) * DOUBTFUL ? { ...judgement, pattern: undefined } : judgement;
}

/** The pace of the floor of a curve that swings. */
function floorRate({ profile, window, quality }: Fit): Omit<Judgement, 'pattern'> {
  return { growth: slope(timesOf(profile), lowsOf(profile)), window, quality };
}

/** The windows that the history fills; the last covers the whole history, up to the longest window. */
function windowsWithin(known: number): number[] {
  const filled = WINDOWS.filter((window) => window <= known);
  return filled.length === WINDOWS.length ? filled : [...filled, Math.min(known, LONGEST_WINDOW)];
}

/** The rate to report: over the longest window that a line fits, unless the pattern has no rate. */
function reported(pattern: GrowthPattern | undefined, fits: readonly Fit[]): Omit<Judgement, 'pattern'> {
  const longest = existing(fits.at(-1));
  if (pattern === 'growing' || pattern === 'shrinking' || pattern === undefined) {
    const { growth, window, quality } = fits.findLast((fit) => fit.quality >= FITS && agrees(fit, pattern)) ?? longest;
    return { growth, window, quality };
  }
  if (pattern === 'sawtooth' || pattern === 'burst') return floorRate(longest);
  // The rate of a curve that levelled off is the current one.
  const from = Math.floor((FIT_SPANS * 2) / 3);
  const { times, means } = longest.profile;
  return {
    growth: slope(times.subarray(from), means.subarray(from)),
    window: longest.window / 3,
    quality: longest.quality,
  };
}

function agrees({ growth }: Fit, pattern: GrowthPattern | undefined): boolean {
  return pattern === 'growing' ? growth > 0 : pattern === 'shrinking' ? growth < 0 : true;
}

function patternOf(readings: Readings, now: number, fits: readonly Fit[]): GrowthPattern {
  const longest = existing(fits.at(-1));
  const { profile } = longest;
  const floor = lowestValue(profile.lows);
  const top = highestOf(profile.highs);
  const height = top - floor;
  if (height < LEAST_BYTES) return 'steady';
  const least = Math.max(LEAST_BYTES, height / 2);
  if (rises(lowsOf(profile), least)) return 'growing';
  if (
    rises(
      highsOf(profile).map((high) => -high),
      least,
    )
  )
    return 'shrinking';
  const turns = turnsOf(readings, height * TURN);
  if (turns.values.length > 2) return swinging(profile, turns, { floor, top, height });
  return oneWay(readings, now, fits, { floor, height });
}

interface Extent {
  readonly floor: number;
  readonly top: number;
  readonly height: number;
}

/** The pattern of a curve that goes up and down: its lows decide. */
function swinging(profile: Profile, { values, beginsLow }: Turns, { floor, top, height }: Extent): GrowthPattern {
  const lows = values.filter((_, index) => (index % 2 === 0) === beginsLow);
  // The first may be where the window began rather than where the curve turned.
  if (lows.length > 3 && rises(Float64Array.from(lows.slice(1)), height * RISING_FLOOR)) return 'growing';
  if (height < top * LEAST_SWING) return 'steady';
  if (restingFraction(profile, floor, height) >= RESTS) return 'burst';
  return 'sawtooth';
}

/** The pattern of a curve that moves in one direction at most: whether it still rises. */
function oneWay(
  readings: Readings,
  now: number,
  fits: readonly Fit[],
  { floor, height }: Omit<Extent, 'top'>,
): GrowthPattern {
  const { window, profile } = existing(fits.at(-1));
  const lately = fits.find((fit) => fit.window === WINDOWS[1] && fit.window < window)?.profile;
  const later = profileOf(readings, now - window * LATER, now, FIT_SPANS);
  if ([lately, later].some((part) => part !== undefined && risesLately(readings, part))) return 'growing';
  const isUp = existing(profile.means.at(-1)) > floor + height / 2;
  return isUp && restingFraction(profile, floor, height) >= JUST_NOW ? 'burst' : 'steady';
}

/** Whether the newest part rises, and nothing as large as that ever fell. */
function risesLately(readings: Readings, part: Profile): boolean {
  const height = highestOf(part.highs) - lowestValue(part.lows);
  const least = Math.max(LEAST_BYTES, height / 2, highestOf(part.highs) * LEAST_FRACTION_LATELY);
  if (!rises(lowsOf(part), least)) return false;
  const { values, beginsLow } = turnsOf(readings, height * TURN);
  return beginsLow && values.length <= 2;
}

/** The fraction of time spent near the floor. */
function restingFraction({ means }: Profile, floor: number, height: number): number {
  return means.filter((mean) => mean < floor + height * NEAR_FLOOR).length / means.length;
}
