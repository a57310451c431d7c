// A limit that is reached within seconds: what is left falls straight, onto new ground, and lasts little longer than that.
import type { Observed, Readings } from '../history/log.ts';
import { riseOver, STRETCHES } from './recent-rise.ts';

/** Milliseconds from now until nothing is left. */
export interface Forecast {
  readonly soonest: number;
  readonly middle: number;
  readonly latest: number;
}

/**
 * How far ahead a stretch of that length (milliseconds) may forecast, as a multiple of itself: a program that starts
 * loads for 10 s as straight as a leak rises.
 */
const AHEAD = new Map([
  [60_000, 6],
  [30_000, 3],
  [20_000, 1.5],
  [10_000, 0.5],
]);
/** The range reaches further than the paces of the stretch and of its last third by this fraction. */
const MARGIN = 0.35;

/** An end of seconds, and how far beyond all that was seen before the fall has come, in bytes. */
interface NearEnd extends Forecast {
  readonly newGround: number;
}

/** The end that the last 10 to 60 seconds foretell; undefined where they do not, or where it is too far for them. */
export function nearEnd(readings: Readings, observed: Observed): NearEnd | undefined {
  const left = Math.max(0, readings.values[readings.count - 1] ?? 0);
  for (const window of STRETCHES) {
    const fall = riseOver(readings, observed, window, -1);
    if (fall === undefined) continue;
    const [atPace, lately] = [(left * 1000) / fall.pace, (left * 1000) / fall.lately];
    const middle = (atPace + lately) / 2;
    if (middle > (AHEAD.get(window) ?? 0) * window) continue;
    const { interval } = observed;
    return {
      soonest: Math.max(0, Math.min(atPace, lately) * (1 - MARGIN) - interval),
      middle,
      latest: Math.max(atPace, lately) * (1 + MARGIN) + interval,
      newGround: fall.newGround,
    };
  }
  return undefined;
}
