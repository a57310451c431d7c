// A fall that accelerates exponentially, as doubling does, and when nothing is left.
import { slope } from './theil-sen.ts';

/** Each third falls at least this many times as fast as the third before it. */
const SPEEDS = 1.12;
/** The two factors of an exponential differ by less than this. */
const SAME_FACTOR = 2.2;
/** The last third speeds up within itself, by at least this fraction of what the factor makes of half a third. */
const STILL_SPEEDING = 0.4;

interface SpeedingEnd {
  /** Seconds from the end of the curve until nothing is left. */
  readonly at: number;
  /** What it loses at the end of the curve, in units a second; negative. */
  readonly rate: number;
}

/**
 * When an exponential through the rates of three thirds of a falling curve reaches zero. `left` is what is left at its
 * end, `end` its length in seconds. Undefined for what does not speed up by about the same factor.
 */
export function speedingEnd(
  times: Float64Array,
  values: Float64Array,
  left: number,
  end: number,
): SpeedingEnd | undefined {
  const third = Math.floor(times.length / 3);
  const rateOf = (from: number, to: number) => slope(times.subarray(from, to), values.subarray(from, to));
  const first = rateOf(0, third);
  const second = rateOf(third, 2 * third);
  const last = rateOf(2 * third, 3 * third);
  if (!(first < 0 && second < 0 && last < 0)) return undefined;
  const [one, other] = [second / first, last / second];
  if (one < SPEEDS || other < SPEEDS || one > SAME_FACTOR * other || other > SAME_FACTOR * one) return undefined;
  // A fall that began within the curve and goes on straight has such rates too.
  const half = 2 * third + (third >> 1);
  const within = rateOf(half, 3 * third) / rateOf(2 * third, half);
  if (within < 1 + STILL_SPEEDING * ((one * other) ** 0.25 - 1)) return undefined;
  // The rate grows e-fold in tau seconds; that of the last third is the one in its middle.
  const tau = end / 3 / Math.log(Math.sqrt(one * other));
  const rate = last * Math.exp(end / 6 / tau);
  return { at: tau * Math.log(1 + left / (-rate * tau)), rate };
}
