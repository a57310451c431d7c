// The history of a number as a sparkline, with as many samples as its characters can show.

import { existing } from '../../numbers/existing.ts';
import { type Scale, type SparklineSet, scaleOf, sparkline } from '../../text/sparkline.ts';
import type { History } from '../history/history.ts';
import { CELLS, type Timeline } from '../history/timeline.ts';

/** How many samples a trend of the given width shows: two per cell in braille, if that many are stored. */
export function samplesIn(width: number, { perCell }: SparklineSet): number {
  return width * perCell <= CELLS ? width * perCell : width;
}

/**
 * The latest part of a series in `width` cells, oldest first, in the given scale or in its own. The time since the
 * first sample fills all cells from the second sample on: a row that does not move is then never drawn again.
 */
export function trendLine(
  series: History,
  timeline: Timeline,
  { width, set, scale }: { readonly width: number; readonly set: SparklineSet; readonly scale?: Scale | undefined },
): string {
  const samples = samplesIn(width, set);
  const cells = stretched(series.cells(timeline, samples), timeline.known(samples));
  const drawn = samples < width * set.perCell ? cells.flatMap((value) => [value, value]) : cells;
  return sparkline(drawn, scale ?? scaleOf(cells), set);
}

/** The last `known` values over the space of all. A single one is a point, not a line. */
function stretched(values: readonly number[], known: number): readonly number[] {
  const { length } = values;
  if (known === length || known < 2) return values;
  return values.map((_, at) => existing(values[length - known + Math.floor((at * known) / length)]));
}

/** In which of `samples` values of a trend a moment is drawn, counted from the left; undefined when in none of them. */
export function sampleAt(moment: number, timeline: Timeline, samples: number): number | undefined {
  const at = timeline.drawnCellOf(moment, samples);
  const known = timeline.known(samples);
  if (at === undefined || known < 2) return at;
  const fromFirst = at - (samples - known);
  return fromFirst < 0 ? undefined : Math.ceil((fromFirst * samples) / known);
}

/** Milliseconds that a trend of the given width shows: the time since the first sample, until its cells cover less. */
export function spanShown(width: number, timeline: Timeline, set: SparklineSet): number {
  const samples = samplesIn(width, set);
  return (timeline.covered(samples) / samples) * timeline.known(samples);
}
