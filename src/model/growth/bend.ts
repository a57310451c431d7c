// A fall over seconds, to new lows, that evenly accelerates or slows: forecasts its end by a parabola.
import { existing } from '../../numbers/existing.ts';
import type { Observed, Readings } from './readings.ts';
import { isStraight, levelJump, newGroundOf, pointsOf } from './recent-rise.ts';

/** The stretches that are tried, longest first, in milliseconds, and the intervals between readings in one, at least. */
const STRETCHES = [60_000, 40_000, 30_000, 20_000] as const;
const FEWEST_INTERVALS = 6;
/** A stretch forecasts ends no further ahead than this fraction of its length: a starting program bends as well. */
const AHEAD = 0.5;
/** At least this fraction of the fall must be below the lowest value before it; a fall of fewer bytes is ignored. */
const NEW_GROUND = 0.5;
const LEAST_BYTES = 2 ** 20;
/** Faster: each third falls at least FASTER times as fast as the one before, and the factors differ by less than SAME_FACTOR. */
const FASTER = 1.08;
const SAME_FACTOR = 2.5;
/** The first third makes this fraction of the pace of all, at least: else it began within the stretch. */
const BEGAN = 0.12;
/** Slower: no third is faster than the one before, but for noise, and the last makes at least this fraction of the first. */
const NOISE = 1.02;
const SLOWEST = 0.5;
/** The last two intervals make this fraction of the pace of the last third, at least, of what becomes faster, and slower. */
const STILL_FASTER = 0.95;
const STILL_SLOWER = 0.8;

/** The paces of three thirds and of the last two intervals, in bytes for each interval. */
interface Thirds {
  readonly first: number;
  readonly second: number;
  readonly last: number;
  readonly atLast: number;
}

interface BentEnd {
  /** Milliseconds from now until nothing is left. */
  readonly middle: number;
  /** By how many bytes it fell below all that was left before. */
  readonly newGround: number;
  readonly window: number;
}

/** The end of a fall that bends; undefined where it does not, or is too far ahead for that. */
export function bentEnd(readings: Readings, observed: Observed): BentEnd | undefined {
  const { since, now, interval } = observed;
  for (const window of STRETCHES) {
    if (now - since < window - interval / 4 || window < FEWEST_INTERVALS * interval * 0.95) continue;
    const points = pointsOf(readings, observed, window, -1);
    levelJump(points, readings.workspace);
    const steps = points.length - 1;
    const net = existing(points[steps]) - existing(points[0]);
    if (net < LEAST_BYTES || !isStraight(points, net)) continue;
    const newGround = newGroundOf(readings, observed, points, { window, sign: -1 });
    const thirds = thirdsOf(points);
    if (newGround < NEW_GROUND * net || !bends(thirds, net / steps)) continue;
    const middle = (zeroOf(thirds, -existing(points[steps]), steps) / steps) * window;
    if (middle <= AHEAD * window) return { middle, newGround, window };
  }
  return undefined;
}

function thirdsOf(points: Float64Array): Thirds {
  const steps = points.length - 1;
  const [one, two] = [Math.round(steps / 3), Math.round((2 * steps) / 3)];
  const pace = (from: number, to: number) => (existing(points[to]) - existing(points[from])) / (to - from);
  return { first: pace(0, one), second: pace(one, two), last: pace(two, steps), atLast: pace(steps - 2, steps) };
}

function bends({ first, second, last, atLast }: Thirds, pace: number): boolean {
  if (first < BEGAN * pace || second <= 0 || last <= 0) return false;
  const isFaster = second >= FASTER * first && last >= FASTER * second && atLast >= STILL_FASTER * last;
  if (isFaster) return second * second <= SAME_FACTOR * first * last;
  return second <= NOISE * first && last <= NOISE * second && last >= SLOWEST * first && atLast >= STILL_SLOWER * last;
}

/** In how many intervals nothing is left if the pace keeps changing evenly; infinite where the fall stops before that. */
function zeroOf({ first, last }: Thirds, left: number, steps: number): number {
  const pull = (last - first) / ((2 * steps) / 3);
  const rate = last + (pull * steps) / 6;
  const root = rate * rate + 2 * pull * left;
  return rate <= 0 || root < 0 ? Number.POSITIVE_INFINITY : (2 * left) / (rate + Math.sqrt(root));
}
