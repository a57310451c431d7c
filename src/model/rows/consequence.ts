// How much the growth of a row matters: not at all, worth checking, or alarming.

import type { Timeline } from '../history/timeline.ts';
import { forecastOf } from './exhaustion.ts';
import type { Row } from './row.ts';
import { growthOf } from './row-growth.ts';

/** `alarming` is what grows fastest of all, or reaches its limit within the hour. */
export type Consequence = 'none' | 'notable' | 'alarming';

/** Growth below this is nothing to worry about: 1 MiB a minute, in bytes per second. */
const NOTABLE = 1_048_576 / 60;
/** A limit nearer than this is alarming, in milliseconds. */
const SOON = 60 * 60_000;

/** The row that grows fastest, where that is notable; the last one of equals. */
export function fastestOf(rows: Iterable<Row>, timeline: Timeline): Row | undefined {
  let fastest: Row | undefined;
  let most = NOTABLE;
  for (const row of rows) {
    const growth = growthOf(row, timeline) ?? 0;
    if (growth >= most) {
      fastest = row;
      most = growth;
    }
  }
  return fastest;
}

/** What the growth of a row means; `fastest` is the row of the table that grows fastest. */
export function consequenceOf(row: Row, timeline: Timeline, fastest: Row | undefined): Consequence {
  if ((growthOf(row, timeline) ?? 0) < NOTABLE) return 'none';
  if (row === fastest) return 'alarming';
  return (forecastOf(row, timeline)?.middle ?? Number.POSITIVE_INFINITY) < SOON ? 'alarming' : 'notable';
}
