// The history of a number as a sparkline, with as many samples as its characters can show.

import { type Scale, type SparklineSet, scaleOf, sparkline } from '../../text/sparkline.ts';
import type { History } from '../history/history.ts';
import { CELLS, type Timeline } from '../history/timeline.ts';

/** How many samples a trend of the given width shows: two per cell in braille, if that many are stored. */
export function samplesIn(width: number, { perCell }: SparklineSet): number {
  return width * perCell <= CELLS ? width * perCell : width;
}

/** The latest part of a series in `width` cells, oldest first, in the given scale or in its own. */
export function trendLine(
  series: History,
  timeline: Timeline,
  { width, set, scale }: { readonly width: number; readonly set: SparklineSet; readonly scale?: Scale | undefined },
): string {
  const samples = samplesIn(width, set);
  const cells = series.cells(timeline, samples);
  const drawn = samples < width * set.perCell ? cells.flatMap((value) => [value, value]) : cells;
  return sparkline(drawn, scale ?? scaleOf(cells), set);
}
