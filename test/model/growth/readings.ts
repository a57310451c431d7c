// A series as it is read on the screen, made of a curve.
import { Series } from '../../../src/model/history/series.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';

export const MIB = 2 ** 20;

/**
 * Reads a curve every `interval` seconds from 0 until `until`, asked for its judgement and forecast at the end; in the last
 * `asked` seconds for its judgement at every reading, as the screen does.
 */
export function readEvery(interval: number, until: number, value: (seconds: number) => number, requested = 0) {
  const timeline = new Timeline();
  timeline.advance(0, interval * 1000);
  const series = new Series(timeline, value(0));
  for (let seconds = interval; seconds <= until; seconds += interval) {
    timeline.advance(seconds * 1000, interval * 1000);
    series.record(timeline, value(seconds));
    if (seconds > until - requested) series.judgement(timeline);
  }
  return { judgement: () => series.judgement(timeline), forecast: () => series.forecast(timeline) };
}
