// The turning points of a curve; smaller movements than a given size do not count.
import { existing } from '../../numbers/existing.ts';
import type { Readings } from './readings.ts';

/** Turning points in order of time, lows and highs alternating; the last is the extreme reached since the last turn. */
export interface Turns {
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Whether the first turning point is a low. */
  readonly beginsLow: boolean;
}

/** The points at which the curve turns by at least `size`; empty if it never moves that far. */
export function turnsOf({ times, values, count }: Readings, size: number): Turns {
  const places: number[] = [];
  let low = 0;
  let high = 0;
  let direction = 0;
  for (let index = 1; index < count; index += 1) {
    const value = existing(values[index]);
    if (direction <= 0 && value <= existing(values[low])) low = index;
    if (direction >= 0 && value >= existing(values[high])) high = index;
    if (direction >= 0 && existing(values[high]) - value >= size) {
      places.push(high);
      direction = -1;
      low = index;
    } else if (direction <= 0 && value - existing(values[low]) >= size) {
      places.push(low);
      direction = 1;
      high = index;
    }
  }
  const isFirstLow = places.length % 2 === 1 ? direction > 0 : direction < 0;
  if (direction !== 0) places.push(direction > 0 ? high : low);
  return {
    times: places.map((place) => existing(times[place])),
    values: places.map((place) => existing(values[place])),
    beginsLow: isFirstLow,
  };
}
