// What a curve does right now: a straight rise over the last seconds to new highs.
import { existing } from '../../numbers/existing.ts';
import { arrayOf, type Workspace } from '../../numbers/workspace.ts';
import type { Observed, Readings } from './readings.ts';
import { medianOf } from './theil-sen.ts';

/** The stretches that are tried, longest first, in milliseconds. */
const STRETCHES = [60_000, 30_000, 20_000, 10_000] as const;
const SHORTEST_STRETCH = STRETCHES[3];

/** A stretch has at least this many intervals between readings. */
const FEWEST_INTERVALS = 4;
/** More points than these would add nothing. */
const MOST_POINTS = 24;
/** At least this fraction of all movement was upward. */
const STRAIGHT = 0.9;
/** The last third rises at this fraction of the pace of all, at least; the last two intervals at the second fraction. */
const STILL_GOING = 0.6;
const NOT_STOPPED = 0.3;
/** If the last third is this much faster than the whole, the rise began within the stretch, and a shorter stretch shows its pace. */
const SPEEDING_UP = 1.35;
/** One jump is not a rise: no single interval is more than this fraction of it. */
const LARGEST_STEP = 0.5;
/** A jump is this many times as large as the median of the steps between points, of which there are at least a few. */
const JUMP = 4;
const FEWEST_STEPS_WITH_JUMP = 8;
/** A smaller rise, in bytes, does not count. */
const LEAST_BYTES = 2 ** 20;
/** At least this fraction of the rise is above all earlier readings. */
const NEW_GROUND = 0.5;

/** Bytes and milliseconds; paces are bytes a second. For a fall all of them are counted downward. */
export interface RecentRise {
  readonly pace: number;
  /** The paces of the first third and of the last. */
  readonly early: number;
  readonly lately: number;
  /** The pace of the last interval between readings. */
  readonly atLast: number;
  readonly net: number;
  /** How much of it is above all earlier readings. */
  readonly newGround: number;
  /** What a single jump adds to the pace of all: the paces above are without it. */
  readonly jump: number;
  /** How long ago it was, in milliseconds; 0 without a jump. */
  readonly jumpedAgo: number;
  /** Of the stretch. */
  readonly window: number;
  /** The values of the stretch, without the jump, counted as the paces are; valid as long as the readings. */
  readonly points: Float64Array;
}

/** The longest stretch until now that rises straight, to new highs. */
export function recentRise(readings: Readings, observed: Observed): RecentRise | undefined {
  for (const window of STRETCHES) {
    const found = riseOver(readings, observed, window, 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The rise over the last `window` milliseconds; undefined if it is not a rise, not straight, or not to new highs. */
export function riseOver(readings: Readings, observed: Observed, window: number, sign: 1 | -1): RecentRise | undefined {
  const { since, now, interval } = observed;
  const isKnown = now - since >= window - interval / 4 && window >= FEWEST_INTERVALS * interval * 0.95;
  if (readings.count < FEWEST_INTERVALS || !isKnown) return undefined;
  const points = pointsOf(readings, observed, window, sign);
  const jump = levelJump(points, readings.workspace);
  const steps = points.length - 1;
  const [first, last] = [existing(points[0]), existing(points[steps])];
  const net = last - first;
  if (net < LEAST_BYTES || !isStraight(points, net)) return undefined;
  const third = Math.floor((steps * 2) / 3);
  const pace = net / window;
  const lately = ((last - existing(points[third])) * steps) / (window * (steps - third));
  const lastTwo = ((last - existing(points[steps - 2])) * steps) / (window * 2);
  if (lately < STILL_GOING * pace || lastTwo < NOT_STOPPED * pace) return undefined;
  if (lately > SPEEDING_UP * pace && window > SHORTEST_STRETCH) return undefined;
  const newGround = newGroundOf(readings, observed, points, { window, sign });
  if (newGround < NEW_GROUND * net) return undefined;
  const atLast = ((last - existing(points[steps - 1])) * steps) / window;
  const early = ((existing(points[steps - third]) - first) * steps) / (window * (steps - third));
  return {
    pace: pace * 1000,
    early: early * 1000,
    lately: lately * 1000,
    atLast: atLast * 1000,
    net,
    newGround,
    jump: (jump.height * 1000) / window,
    jumpedAgo: (jump.pointsAgo * window) / steps,
    window,
    points,
  };
}

/** By how much the largest interval of a rise exceeds the mean, in bytes: it comes in steps of that height. */
export function stepOf({ points, net }: RecentRise): number {
  return largestStep(points) - net / (points.length - 1);
}

/** The median of the paces between points of the last third, in bytes a second: a pause of one reading does not change it. */
export function usualPace({ points, window }: RecentRise, workspace: Workspace | undefined): number {
  const steps = points.length - 1;
  return (usualStep(points.subarray(Math.floor((steps * 2) / 3)), workspace) * steps * 1000) / window;
}

/** By how many bytes a stretch of `points` ends above its first point and all earlier readings. */
export function newGroundOf(
  readings: Readings,
  { now, interval }: Observed,
  points: Float64Array,
  { window, sign }: { readonly window: number; readonly sign: 1 | -1 },
): number {
  const highest = highestBefore(readings, now - window + interval / 4, sign);
  return existing(points[points.length - 1]) - Math.max(existing(points[0]), highest);
}

/** The values at moments as far apart as readings are, the newest last; a reading that is a little late still counts. */
export function pointsOf(
  { times, values, count, workspace }: Readings,
  { now, interval }: Observed,
  window: number,
  sign: 1 | -1,
): Float64Array {
  const steps = Math.min(MOST_POINTS, Math.max(FEWEST_INTERVALS, Math.round(window / interval)));
  const points = arrayOf(steps + 1, workspace);
  let index = count - 1;
  for (let step = steps; step >= 0; step -= 1) {
    const moment = now - (window * (steps - step)) / steps;
    while (index > 0 && existing(times[index]) > moment + interval / 4) index -= 1;
    points[step] = sign * existing(values[index]);
  }
  return points;
}

interface Jump {
  readonly height: number;
  readonly pointsAgo: number;
}
const NO_JUMP: Jump = { height: 0, pointsAgo: 0 };

/**
 * Removes a single jump from an otherwise even rise, such as a hash table growing: raises all points before the jump and
 * returns by how much, and before how many points it ended; 0 if there is no jump.
 */
export function levelJump(points: Float64Array, workspace?: Workspace): Jump {
  const steps = points.length - 1;
  if (steps < FEWEST_STEPS_WITH_JUMP) return NO_JUMP;
  const all = arrayOf(steps, workspace);
  let place = 1;
  for (let step = 1; step <= steps; step += 1) {
    all[step - 1] = existing(points[step]) - existing(points[step - 1]);
    if (existing(all[step - 1]) > existing(all[place - 1])) place = step;
  }
  const largest = existing(all[place - 1]);
  const usual = medianOf(all, steps);
  if (!(usual > 0 && largest > JUMP * usual)) return NO_JUMP;
  for (let step = 0; step < place; step += 1) points[step] = existing(points[step]) + largest - usual;
  return { height: largest - usual, pointsAgo: steps - place };
}

function largestStep(points: Float64Array): number {
  let largest = 0;
  for (let step = 1; step < points.length; step += 1) {
    largest = Math.max(largest, existing(points[step]) - existing(points[step - 1]));
  }
  return largest;
}

/** The median of the steps between points. */
function usualStep(points: Float64Array, workspace: Workspace | undefined): number {
  const steps = arrayOf(points.length - 1, workspace);
  for (let step = 0; step < steps.length; step += 1) steps[step] = existing(points[step + 1]) - existing(points[step]);
  return medianOf(steps, steps.length);
}

/** Whether values that rose by `net` went up nearly all the time, and not in one jump. */
export function isStraight(points: Float64Array, net: number): boolean {
  let moved = 0;
  let largest = 0;
  for (let step = 1; step < points.length; step += 1) {
    const by = existing(points[step]) - existing(points[step - 1]);
    moved += Math.abs(by);
    largest = Math.max(largest, by);
  }
  return net >= STRAIGHT * moved && largest <= LARGEST_STEP * net;
}

function highestBefore({ times, values, count }: Readings, moment: number, sign: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count && existing(times[index]) <= moment; index += 1) {
    const value = sign * existing(values[index]);
    if (value > highest) highest = value;
  }
  return highest;
}
