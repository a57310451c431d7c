// The curves of the data as columns of a chart: a time for each moment, and a value or null.
import { decodeNumbers } from '../number-text.ts';
import type { CurveText, ReportData } from '../report-data.ts';

export type Values = readonly (number | null)[];

/** The time axis that all curves share. */
export interface Moments {
  /** Seconds since the epoch. Gaps have a moment of their own, at which nothing has a value. */
  readonly seconds: readonly number[];
  /** The index in `seconds` of each moment of the data. */
  readonly places: readonly number[];
}

export function momentsOf({ from, moments, gaps }: Pick<ReportData, 'from' | 'moments' | 'gaps'>): Moments {
  const isAfterGap = new Set(gaps);
  const seconds: number[] = [];
  const places: number[] = [];
  for (const [index, offset] of decodeNumbers(moments).entries()) {
    const at = (from + offset) / 1000;
    if (isAfterGap.has(index)) seconds.push(((seconds.at(-1) ?? at) + at) / 2);
    places.push(seconds.length);
    seconds.push(at);
  }
  return { seconds, places };
}

/** The values of a curve in bytes, one for each of `seconds`. */
export function valuesOf([start, text]: CurveText, { seconds, places }: Moments): Values {
  const values: (number | null)[] = seconds.map(() => null);
  for (const [index, number] of decodeNumbers(text).entries()) {
    const place = places[start + index];
    if (place !== undefined && number > 0) values[place] = (number - 1) * 1024;
  }
  return values;
}

/** The index of the moment next to a time, and of the one some moments later; gaps are passed over. */
export function movedBy({ seconds, places }: Moments, from: number, steps: number): number {
  const at = nearestIndex(places, from);
  const moved = Math.max(0, Math.min(places.length - 1, at + steps));
  return Math.min(places[moved] ?? 0, seconds.length - 1);
}

/** The index of the number nearest to a value, in ascending numbers. */
export function nearestIndex(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return value - (numbers[low] ?? 0) <= (numbers[high] ?? 0) - value ? low : high;
}
