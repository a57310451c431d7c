// Growth that a quarter of an hour does not show: steps every ten minutes, and floors that rise under a high sawtooth.

import { existing } from '../../numbers/existing.ts';
import { FIT_SPANS } from './fit.ts';
import { settled, straightEnds } from './forecast.ts';
import type { Judgement } from './growth.ts';
import type { Forecast } from './near-end.ts';
import { highestOf, highsOf, lowestValue, lowsOf, type Profile, profileOf, timesOf } from './profile.ts';
import type { Observed, Readings } from './readings.ts';
import { restOf } from './rest.ts';
import { efficiency, rises } from './rise.ts';
import { slope } from './theil-sen.ts';

const MINUTE = 60_000;
/** Of older readings the lowest and the highest of each minute are kept. */
const COARSE = MINUTE;
/** In milliseconds: the longest and the shortest history that is judged, and the time between two judgements. */
export const LONGEST_HOURS = 360 * MINUTE;
export const SHORTEST_HOURS = 45 * MINUTE;
export const HOURS_STAND = MINUTE;
/** The newer half is tried as well, if it is this long. */
const SHORTEST_PART = 40 * MINUTE;
/** How straight the floor must rise, and by how much: a fraction of the height, a fraction of the highest value, and bytes. */
const STRAIGHT = 0.85;
const RISE = 0.25;
const LEAST_FRACTION = 0.03;
const LEAST_BYTES = 2 ** 20;
/** A rise levels off when its later half makes less than this fraction of it. */
const LATER_HALF = 0.4;
/** A value whose movement is this one-sided can come to rest. */
const ONE_WAY = 0.8;

/** The judgement over hours, if that is growing; otherwise undefined. Readings of up to `LONGEST_HOURS`. */
export function judgeHours(readings: Readings, { since, now }: Omit<Observed, 'interval'>): Judgement | undefined {
  const window = Math.min(now - since, LONGEST_HOURS);
  for (const part of [window, window / 2]) {
    if (part < SHORTEST_PART) continue;
    const profile = profileOf(readings, now - part, now, FIT_SPANS);
    if (!floorRises(profile)) continue;
    const hasStopped =
      efficiency(profile.means) > ONE_WAY &&
      restOf(readings, now - part, { since, now, interval: COARSE }, 1) !== undefined;
    if (hasStopped) return undefined;
    return { growth: slope(timesOf(profile), lowsOf(profile)), window: part, quality: 1, pattern: 'growing' };
  }
  return undefined;
}

function floorRises(profile: Profile): boolean {
  const lows = lowsOf(profile);
  const top = highestOf(profile.highs);
  const height = top - lowestValue(profile.lows);
  if (efficiency(lows) < STRAIGHT || !rises(lows, Math.max(LEAST_BYTES, height * RISE, top * LEAST_FRACTION)))
    return false;
  return !levelsOff(lows);
}

/** Whether little of the rise is in its later half. */
function levelsOff(values: Float64Array): boolean {
  const middle = existing(values[values.length >> 1]);
  const [first, last] = [existing(values[0]), existing(values[values.length - 1])];
  return last - middle < LATER_HALF * (last - first);
}

/**
 * The forecast from hours: when the lows of the remaining memory reach zero, if its highs fall straight. Undefined if they
 * do not, or if the fall has stopped. Readings of up to `LONGEST_HOURS`.
 */
export function hoursEnd(readings: Readings, { since, now }: Omit<Observed, 'interval'>): Forecast | undefined {
  const window = Math.min(now - since, LONGEST_HOURS);
  if (window < SHORTEST_HOURS) return undefined;
  const profile = profileOf(readings, now - window, now, FIT_SPANS);
  const highs = highsOf(profile).map((high) => -high);
  const height = highestOf(profile.highs) - lowestValue(profile.lows);
  if (efficiency(highs) < STRAIGHT || !rises(highs, Math.max(LEAST_BYTES, height * RISE)) || levelsOff(highs))
    return undefined;
  const observed = { since, now, interval: COARSE };
  if (efficiency(profile.means) < -ONE_WAY && restOf(readings, now - window, observed, -1) !== undefined)
    return undefined;
  // The next low may come anywhere within a block of spans.
  return settled(straightEnds(timesOf(profile), lowsOf(profile), window / 1000), window / highs.length / 1000);
}
