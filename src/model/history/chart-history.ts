// The history of a series in the form that charts read.

import type { ChartHistory } from '../../chart/curve.ts';
import { existing } from '../../numbers/existing.ts';
import type { History } from './history.ts';
import { Series } from './series.ts';
import type { Timeline } from './timeline.ts';

/** The stored history of a series (a sum of several stores none): exact for a quarter of an hour, the lowest and highest of each minute for a day. */
export function chartHistoryOf(series: History, timeline: Timeline): ChartHistory {
  return {
    readings(from, to) {
      if (!(series instanceof Series)) return [];
      const { times, values } = series.readings(timeline, from, to);
      return Array.from(times, (time, index) => ({ time, value: existing(values[index]) }));
    },
  };
}
