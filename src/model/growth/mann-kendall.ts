// Whether a short series rises, and how fast: the tests of Mann and Kendall, and of Sen.
import { existing } from '../../numbers/existing.ts';

export interface SenSlope {
  /** Median of the slopes between all pairs of points. */
  readonly slope: number;
  /** The ends of its 90% interval. */
  readonly lower: number;
  readonly upper: number;
}

/** Quantile of the normal distribution for a two-sided interval of 90%. */
const NORMAL_90 = 1.645;

/**
 * Slope per unit of `times`, with its interval (P. K. Sen, "Estimates of the regression coefficient based on
 * Kendall's tau", JASA 63, 1968; the interval as in R. O. Gilbert, "Statistical Methods for Environmental
 * Pollution Monitoring", 1987, section 16.4.2). Times rise; NaN with fewer than two points.
 */
export function senSlope(times: readonly number[], values: readonly number[]): SenSlope {
  const slopes: number[] = [];
  for (let later = 1; later < times.length; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      const span = existing(times[later]) - existing(times[earlier]);
      if (span > 0) slopes.push((existing(values[later]) - existing(values[earlier])) / span);
    }
  }
  slopes.sort((one, other) => one - other);
  const n = times.length;
  const width = NORMAL_90 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const at = (rank: number) => slopes[Math.max(0, Math.min(slopes.length - 1, rank))] ?? Number.NaN;
  return {
    slope: ((at((slopes.length - 1) >> 1) as number) + (at(slopes.length >> 1) as number)) / 2,
    lower: at(Math.floor((slopes.length - width) / 2)),
    upper: at(Math.ceil((slopes.length + width) / 2)),
  };
}

/** Up to this many values all orders are counted; beyond, the normal distribution is as good. */
const MOST_COUNTED = 40;

/**
 * How likely it is that a series in random order rises at least as clearly as this one: the one-sided p of
 * Mann's test (H. B. Mann, "Nonparametric tests against trend", Econometrica 13, 1945; M. G. Kendall, "Rank
 * Correlation Methods", 1975), exact for short series. Equal values count as neither.
 */
export function mannKendall(values: readonly number[]): number {
  let score = 0;
  for (let later = 1; later < values.length; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      score += Math.sign(existing(values[later]) - existing(values[earlier]));
    }
  }
  const n = values.length;
  if (n > MOST_COUNTED) return normalTail((score - 1) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18));
  return fractionWithAtMost(Math.floor(((n * (n - 1)) / 2 - score) / 2), n);
}

/** The fraction of a normal distribution above z (Abramowitz and Stegun, "Handbook", 1964, formula 26.2.17). */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

/** The fraction of all orders of n things with at most the given number of inversions (Mahonian numbers). */
function fractionWithAtMost(inversions: number, n: number): number {
  let fractions = [1];
  for (let size = 2; size <= n; size += 1) {
    const next = new Array<number>(fractions.length + size - 1).fill(0);
    for (const [index, fraction] of fractions.entries()) {
      for (let shift = 0; shift < size; shift += 1) next[index + shift] = (next[index + shift] ?? 0) + fraction / size;
    }
    fractions = next;
  }
  return Math.min(
    1,
    fractions.slice(0, inversions + 1).reduce((sum, fraction) => sum + fraction, 0),
  );
}
