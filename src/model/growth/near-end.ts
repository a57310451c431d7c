// A limit that is reached within seconds: remaining memory falls straight to new lows and will last little longer than the fall so far.
import { existing } from '../../numbers/existing.ts';
import type { Workspace } from '../../numbers/workspace.ts';
import { bentEnd } from './bend.ts';
import type { Observed, Readings } from './readings.ts';
import { pointsOf, type RecentRise, riseOver, stepOf, usualPace } from './recent-rise.ts';

/** Milliseconds from now until nothing is left. */
export interface Forecast {
  readonly soonest: number;
  readonly middle: number;
  readonly latest: number;
  /** Where the limit has been reached already: how long ago, in milliseconds. The others are then the end of a process. */
  readonly fullFor?: number;
}

/** A stretch, in milliseconds, and how far ahead it may forecast, as a multiple of itself: for a young value, and for others. */
interface Stretch {
  readonly window: number;
  readonly young: number;
  readonly ahead: number;
}
/** Longest first. A program that starts, or a job of seconds, loads for 20 s as straight as a leak rises. */
const STRETCHES: readonly Stretch[] = [
  { window: 60_000, young: 6, ahead: 6 },
  { window: 30_000, young: 2, ahead: 2 },
  { window: 20_000, young: 1.5, ahead: 1.5 },
  { window: 10_000, young: 0.8, ahead: 1.1 },
  { window: 8000, young: 0.6, ahead: 0.5 },
  { window: 5000, young: 0.6, ahead: 0.6 },
];
/** A history shorter than this, in milliseconds, is young: the program may still be loading. */
const YOUNG = 45_000;
/** In a stretch below a minute, the first and last third and the last interval fall at least at these fractions of the whole pace. */
const LONG = 60_000;
const FIRST_THIRD = 0.85;
const LAST_THIRD = 0.93;
const LAST_THIRD_OF_YOUNG = 0.95;
const LAST_INTERVAL = 0.75;
/** From this length on, in milliseconds, a pause of one reading does not make a fall uneven. */
const PAUSES_FROM = 20_000;
/** A table doubles again at twice the age, or a little later. */
const LATEST_DOUBLING = 2.2;
/** Under teeth, in the first minute: the stretches, each with this many teeth or more, and how far ahead they forecast. */
const TEETH_STRETCHES = [
  { window: 30_000, ahead: 1 },
  { window: 20_000, ahead: 0.5 },
] as const;
const FEWEST_TEETH = 3;
/** The first and the last third of what falls in steps make at least this fraction of the whole pace. */
const TEETH_THIRD = 0.7;
/** The range is wider, by this fraction, than the ends at the pace of the stretch and of its last third. */
const MARGIN = 0.35;

/** A forecast from seconds; how far the fall went below all earlier values, in bytes; and its stretch, in milliseconds. */
interface NearEnd extends Forecast {
  readonly newGround: number;
  readonly window: number;
}

/** The forecast from the last 5 to 60 seconds; undefined if they show no even fall, or if the end is too far ahead for them. */
export function nearEnd(readings: Readings, observed: Observed): NearEnd | undefined {
  const newest = Math.max(0, readings.values[readings.count - 1] ?? 0);
  const isYoung = observed.now - observed.since < YOUNG;
  const isAlone = observed.now - observed.since < LONG;
  for (const { window, young, ahead } of STRETCHES) {
    const fall = riseOver(readings, observed, window, -1);
    if (fall === undefined || (window < LONG && !isEven(fall, isYoung, readings.workspace))) continue;
    // A fall in steps reaches the end with a step; minutes know the steps of a longer past better.
    const left = isAlone ? Math.max(newest / 2, newest - stepOf(fall)) : newest;
    const [atPace, lately] = [(left * 1000) / fall.pace, (left * 1000) / fall.lately];
    const withJump = (left * 1000) / (fall.pace + fall.jump);
    const straight = (atPace + lately) / 2;
    const middle = isAlone && fall.jump > 0 ? (left * 1000) / (fall.pace + paceOfDoubling(fall, observed)) : straight;
    // Neither jumps nor steps let a stretch speak of more.
    if ((newest * 1000) / fall.pace > (isYoung ? young : ahead) * window) continue;
    const ends = [Math.min(withJump, lately, middle), middle, Math.max(atPace, lately)] as const;
    return { ...rangeOf(ends, observed), newGround: fall.newGround, window };
  }
  const teeth = endUnderTeeth(readings, observed);
  if (teeth !== undefined) return teeth;
  const bent = bentEnd(readings, observed);
  return bent && { ...rangeOf([bent.middle, bent.middle, bent.middle], observed), ...bent };
}

/**
 * The end of a fall under jobs or garbage that come and go every few seconds, in a history that minutes do not judge yet: the lowest value
 * so far falls evenly, and reaches the end first.
 */
function endUnderTeeth(readings: Readings, observed: Observed): NearEnd | undefined {
  const known = observed.now - observed.since;
  if (known > LONG) return undefined;
  const lowest = lowestSoFar(readings);
  const left = Math.max(0, existing(lowest.values[lowest.count - 1]));
  for (const { window, ahead } of TEETH_STRETCHES) {
    if (known < window || rebounds(pointsOf(readings, observed, window, -1)) < FEWEST_TEETH) continue;
    const fall = riseOver(lowest, observed, window, -1);
    if (fall === undefined || Math.min(fall.early, fall.lately) < TEETH_THIRD * fall.pace) continue;
    const [middle, lately] = [(left * 1000) / fall.pace, (left * 1000) / fall.lately];
    if (middle > ahead * window) continue;
    const ends = [Math.min(middle, lately), middle, Math.max(middle, lately)] as const;
    return { ...rangeOf(ends, observed), newGround: fall.newGround, window };
  }
  return undefined;
}

/** The readings with the lowest value until then in place of each. */
function lowestSoFar({ times, values, count, workspace }: Readings): Readings {
  let lowest = Number.POSITIVE_INFINITY;
  const all = values.slice(0, count).map((value) => {
    lowest = Math.min(lowest, value);
    return lowest;
  });
  return { times, values: all, count, ...(workspace && { workspace }) };
}

/** How often points that rise on the whole fall from one to the next. */
function rebounds(points: Float64Array): number {
  return points.reduce((sum, value, step) => (step > 0 && value < existing(points[step - 1]) ? sum + 1 : sum), 0);
}

/**
 * What the jumps of a table that doubles add to its pace in the mean, in bytes a second: the next one is twice as high as the
 * last, and comes at twice the age. Where none came by then, the table does not double.
 */
function paceOfDoubling({ jump, jumpedAgo, window }: RecentRise, { since, now }: Observed): number {
  const jumpedAt = now - since - jumpedAgo;
  return now - since > LATEST_DOUBLING * jumpedAt ? 0 : (2 * jump * window) / jumpedAt;
}

function rangeOf([soonest, middle, latest]: readonly [number, number, number], { interval }: Observed): Forecast {
  return {
    soonest: Math.max(0, soonest * (1 - MARGIN) - interval),
    middle,
    latest: latest * (1 + MARGIN) + interval,
  };
}

/** Whether the value fell throughout the stretch without slowing down. Loading begins within it, slows, or has just stopped. */
function isEven(fall: RecentRise, isYoung: boolean, workspace: Workspace | undefined): boolean {
  const { pace, early, lately, atLast, window } = fall;
  const least = isYoung ? LAST_THIRD_OF_YOUNG : LAST_THIRD;
  if (early < FIRST_THIRD * pace || atLast < LAST_INTERVAL * pace) return false;
  return lately >= least * pace || (window >= PAUSES_FROM && usualPace(fall, workspace) >= least * pace);
}
