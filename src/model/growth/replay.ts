// Forecasts the end of a falling value that swings: by what followed the moments in its history that were most like now.
import { existing } from '../../numbers/existing.ts';
import type { Forecast } from './near-end.ts';
import { highestOf, lowestValue } from './profile.ts';
import type { Observed, Readings } from './readings.ts';
import { slope } from './theil-sen.ts';

/** The history is cut into at most this many steps; with fewer than the other number there is no forecast. */
const MOST_STEPS = 400;
const FEWEST_STEPS = 20;
/** Moments are compared by the headroom at the time and this many steps earlier, without the trend; earlier steps count less. */
const LAGS = [0, 1, 2, 4, 8, 16, 32] as const;
const LESS = 0.5;
/** No lag is longer than this fraction of the history. */
const LONGEST_LAG = 1 / 6;
/** This fraction of the moments is used, within these bounds. */
const FOLLOWED = 1 / 8;
const FEWEST_FOLLOWED = 3;
const MOST_FOLLOWED = 12;
/** No end is looked for further ahead than this fraction of the history. */
const AHEAD = 0.5;
/** Each moment has at least this many steps after it: twice the expected remaining time, and these. */
const LEAST_AFTER = 8;
/** A peak counts as the end if one more reading would have reached it: up to this many of its last steps, and this fraction of the height. */
const STEPS_MISSED = 1.5;
const MOST_MISSED = 0.1;
/** What chance makes of a reading is at most this fraction of the height: what alternates with each reading is not noise. */
const MOST_NOISE = 0.15;
/** Of the ends that were found: where the range begins, its middle and where it ends, and by how much it is wider. */
const SOONEST = 0.1;
const MIDDLE = 0.4;
const LATEST = 0.9;
const MARGIN = 0.1;

/** What is left at even steps. */
interface Steps {
  /** At each step; the last is now. */
  readonly left: Float64Array;
  /** The least within the step before it. */
  readonly lows: Float64Array;
  /** What is left less the trend. */
  readonly offs: Float64Array;
  /** What is lost in a step; positive. */
  readonly pace: number;
}

/**
 * The end of what swings, where its history of `window` milliseconds shows one like it. Undefined where the end is too far
 * ahead for that. `readings` are of what is left, in bytes.
 */
export function replayedEnd(readings: Readings, observed: Observed, window: number): Forecast | undefined {
  const count = Math.min(MOST_STEPS, Math.floor(window / observed.interval));
  if (count < FEWEST_STEPS) return undefined;
  const steps = stepsOf(readings, observed.now, window, count);
  const middle = existing(steps.offs.slice(count >> 1).sort()[(count - (count >> 1)) >> 1]);
  const [left, off] = [existing(steps.left[count]), existing(steps.offs[count])];
  // The trend reaches the end then; what lies far below it may reach it sooner.
  const expected = (left - off + middle) / steps.pace;
  if (!(steps.pace > 0 && expected <= AHEAD * count)) return undefined;
  const after = Math.ceil(Math.min(AHEAD * count, 2 * Math.max(expected, left / steps.pace) + LEAST_AFTER));
  const near = nearness(steps);
  const ends = mostLikeNow(steps.offs, count - after).map(
    (from) => endAfter(steps, from, near) ?? Math.max(count - from, expected),
  );
  ends.sort((one, other) => one - other);
  const at = (fraction: number) => (existing(ends[Math.round((ends.length - 1) * fraction)]) * window) / count;
  const [soonest, latest] = [at(SOONEST) * (1 - MARGIN), at(LATEST) * (1 + MARGIN) + observed.interval];
  return { soonest, middle: at(MIDDLE), latest };
}

function stepsOf({ times, values, count }: Readings, now: number, window: number, steps: number): Steps {
  const left = new Float64Array(steps + 1);
  const lows = new Float64Array(steps + 1);
  let index = count - 1;
  for (let step = steps; step >= 0; step -= 1) {
    const moment = now - (window * (steps - step)) / steps;
    while (index > 0 && existing(times[index]) > moment) index -= 1;
    left[step] = existing(values[index]);
    lows[step] = existing(values[index]);
    for (let one = index; one >= 0 && existing(times[one]) > moment - window / steps; one -= 1) {
      lows[step] = Math.min(existing(lows[step]), existing(values[one]));
    }
  }
  const rate = slope(
    left.map((_, step) => step),
    left,
  );
  return { left, lows, offs: left.map((value, step) => value - rate * step), pace: -rate };
}

/** The steps up to `last` that are most like the newest one and what led to it. */
function mostLikeNow(offs: Float64Array, last: number): number[] {
  const now = offs.length - 1;
  const lags = LAGS.filter((lag) => lag <= now * LONGEST_LAG);
  const unlike = (from: number) =>
    lags.reduce<number>((sum, lag, place) => {
      const apart = Math.abs(existing(offs[from - lag]) - existing(offs[now - lag]));
      return sum + apart / (1 + LESS * place);
    }, 0);
  const first = existing(lags.at(-1));
  const moments = Array.from({ length: last - first + 1 }, (_, place) => ({
    from: first + place,
    unlike: unlike(first + place),
  }));
  const followed = Math.max(FEWEST_FOLLOWED, Math.min(MOST_FOLLOWED, Math.round(moments.length * FOLLOWED)));
  return moments
    .sort((one, other) => one.unlike - other.unlike)
    .slice(0, followed)
    .map(({ from }) => from);
}

/** In how many steps nothing would be left if it went on as after the step `from`; undefined where the history ends before. */
function endAfter({ left, lows }: Steps, from: number, near: Near): number | undefined {
  const now = left.length - 1;
  for (let at = from + 1; at <= now; at += 1) {
    const still = existing(left[now]) + existing(lows[at]) - existing(left[from]);
    const lately = Math.min(fallAt(lows, at), fallAt(lows, at - 1));
    if (still <= Math.max(near.noise, Math.min(near.most, STEPS_MISSED * lately))) return at - from - 0.5;
  }
  return undefined;
}

const fallAt = (lows: Float64Array, step: number) => existing(lows[step - 1]) - existing(lows[step]);

/** How near to the end counts as the end, in bytes: what chance makes of a reading, and the most of what was missed between two. */
interface Near {
  readonly noise: number;
  readonly most: number;
}

function nearness({ offs, lows, left }: Steps): Near {
  const bends = offs
    .slice(2)
    .map((off, place) => Math.abs(off - 2 * existing(offs[place + 1]) + existing(offs[place])));
  const height =
    highestOf(offs) - lowestValue(offs.map((off, step) => off + existing(lows[step]) - existing(left[step])));
  return {
    noise: Math.min(existing(bends.sort()[bends.length >> 1]), MOST_NOISE * height),
    most: MOST_MISSED * height,
  };
}
