// The past of one number as a chart needs it, whoever keeps it.
import type { Series } from '../series.ts';
import { CELLS, type Timeline } from '../timeline.ts';

/** From `time` on (monotonic milliseconds) the value was this, up to the next reading; NaN: nobody knows. */
export interface Reading {
  readonly time: number;
  readonly value: number;
}

export interface Past {
  /** In order of time: the reading in force at `from` where there is one, and all others up to `to`. */
  readings(from: number, to: number): readonly Reading[];
}

/** The past that a series keeps, in the cells of its timeline: the highest value in each. */
export function pastOf(series: Series, timeline: Timeline): Past {
  return {
    readings(from, to) {
      const cells = series.cells(timeline, CELLS);
      const first = timeline.cell - CELLS + 1;
      const all = cells.map((value, index) => ({ time: timeline.startOf(first + index), value }));
      const began = all.findIndex(({ value }) => !Number.isNaN(value));
      return within(began < 0 ? [] : all.slice(began), from, to);
    },
  };
}

/** The past of something that ended: what is known of it, and nothing after that. */
export function endedAt(past: Past, end: number): Past {
  return {
    readings(from, to) {
      const readings = past.readings(from, Math.min(to, end));
      return end < to && readings.length > 0 ? [...readings, { time: end, value: Number.NaN }] : readings;
    },
  };
}

function within(readings: readonly Reading[], from: number, to: number): readonly Reading[] {
  let first = 0;
  while (first + 1 < readings.length && (readings[first + 1] as Reading).time <= from) first += 1;
  return readings.slice(first).filter(({ time }) => time <= to);
}
