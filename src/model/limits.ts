// What a process or a machine can run into, and when.
import type { Forecast } from './forecast.ts';
import type { Series } from './series.ts';
import type { Timeline } from './timeline.ts';
import type { Row, Tracker } from './tracker.ts';

/** The limits known for a row: what is left of each, over time. */
export function limitsOf(row: Row): readonly Series[] {
  return row.heapRoom === undefined ? [] : [row.heapRoom];
}

/** When the row runs into the nearest of its limits; undefined when none is in sight. */
export function forecastOf(row: Row, timeline: Timeline): Forecast | undefined {
  let nearest: Forecast | undefined;
  for (const room of limitsOf(row)) {
    const own = room.forecast(timeline);
    if (own !== undefined && own.middle < (nearest?.middle ?? Number.POSITIVE_INFINITY)) nearest = own;
  }
  return nearest;
}

/** Who grows most accounts for at least this share of what is lost, or nobody is named. */
const EXPLAINS = 0.5;

/** When the machine runs out of memory and swap, and who grows most of all where that explains at least half of it. */
export interface Exhaustion {
  readonly forecast: Forecast;
  readonly by?: { readonly row: Row; readonly growth: number };
}

/** Undefined when nothing runs out, or nobody can tell. memtop's own process is not excused. */
export function exhaustionOf(rows: readonly Row[], { room, timeline }: Tracker): Exhaustion | undefined {
  const forecast = room?.forecast(timeline);
  if (room === undefined || forecast === undefined) return undefined;
  const lost = room.value / forecast.middle;
  let by: Exhaustion['by'];
  for (const row of rows) {
    const growth = row.rss.growth(timeline) ?? 0;
    if (growth > (by?.growth ?? 0)) by = { row, growth };
  }
  return by === undefined || by.growth < lost * 1000 * EXPLAINS ? { forecast } : { forecast, by };
}
