import { describe, expect, it } from 'vitest';
import { samplesIn, trendLine } from '../../../src/model/columns/trend-cell.ts';
import { Series } from '../../../src/model/history/series.ts';
import { CELLS, Timeline } from '../../../src/model/history/timeline.ts';
import { SPARKLINES } from '../../../src/text/sparkline.ts';

/** A series of these values, a second apart. */
function seriesOf(values: readonly number[]) {
  const timeline = new Timeline();
  timeline.advance(0, 1000);
  const series = new Series(timeline, values[0] ?? 0);
  for (const [index, value] of values.slice(1).entries()) {
    timeline.advance((index + 1) * 1000, 1000);
    series.record(timeline, value);
  }
  return { series, timeline };
}

describe('a trend as a line', () => {
  it('shows as many samples in braille as in twice the cells of blocks', () => {
    const { series, timeline } = seriesOf([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(trendLine(series, timeline, { width: 8, set: SPARKLINES.blocks })).toBe('▁▂▃▄▅▆▇▇');
    expect(trendLine(series, timeline, { width: 4, set: SPARKLINES.braille })).toBe('⣀⣤⣶⣿');
  });

  it('has one sample per cell where twice as many are not stored', () => {
    expect(samplesIn(CELLS / 2, SPARKLINES.braille)).toBe(CELLS);
    expect(samplesIn(30, SPARKLINES.braille)).toBe(30);
    const { series, timeline } = seriesOf([0, 3]);
    expect(trendLine(series, timeline, { width: 30, set: SPARKLINES.braille })).toBe(`${' '.repeat(28)}⣀⣿`);
  });

  it.each(Object.values(SPARKLINES))('fills its cells in every set', (set) => {
    const { series, timeline } = seriesOf(Array.from({ length: 200 }, (_, tick) => tick % 7));
    for (let width = 1; width <= CELLS; width += 1)
      expect(trendLine(series, timeline, { width: width, set: set })).toHaveLength(width);
  });
});
