import { describe, expect, it } from 'vitest';
import { sampleAt, samplesIn, spanShown, trendLine } from '../../../src/model/columns/trend-cell.ts';
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
    expect(trendLine(series, timeline, { width: 30, set: SPARKLINES.braille })).toBe(
      `${'⣀'.repeat(15)}${'⣿'.repeat(15)}`,
    );
  });

  it('draws the time since the first sample over all cells, so that a number that does not move is never drawn again', () => {
    for (const width of [8, 10, 15, 20, 30]) {
      for (let ticks = 2; ticks < 1500; ticks += 1 + Math.floor(ticks / 20)) {
        const { series, timeline } = seriesOf(new Array(ticks).fill(7));
        expect(trendLine(series, timeline, { width, set: SPARKLINES.blocks })).toBe('▁'.repeat(width));
      }
    }
  });

  it('is a point after a single sample', () => {
    const { series, timeline } = seriesOf([7]);
    expect(trendLine(series, timeline, { width: 8, set: SPARKLINES.blocks })).toBe('       ▁');
  });

  it('shows the whole time so far, up to ten minutes, and says how long that is', () => {
    for (const width of [8, 10, 15, 20, 30]) {
      for (let ticks = 2; ticks < 600; ticks += 1 + Math.floor(ticks / 20)) {
        const { series, timeline } = seriesOf([9, ...new Array(ticks - 1).fill(1)]);
        expect(trendLine(series, timeline, { width, set: SPARKLINES.blocks })[0]).toBe('▇');
        const span = spanShown(width, timeline, SPARKLINES.blocks);
        expect(span).toBeGreaterThanOrEqual(Math.min(ticks * 1000, 600_000));
        expect(span).toBeLessThan(ticks * 1000 + (4 * 1000 * ticks) / width + 1000);
      }
    }
  });

  it('is blank before a process started', () => {
    const { timeline } = seriesOf([1, 1, 1, 1]);
    const born = new Series(timeline, 5);
    expect(trendLine(born, timeline, { width: 8, set: SPARKLINES.blocks })).toBe('      ▁▁');
  });

  it('marks a moment in a cell that shows its sample', () => {
    const { blocks } = SPARKLINES;
    for (const width of [8, 15, 20, 30]) {
      for (const [ticks, spike] of [
        [5, 1],
        [9, 0],
        [18, 9],
        [25, 3],
        [40, 30],
        [200, 50],
        [900, 500],
      ] as const) {
        const { series, timeline } = seriesOf(Array.from({ length: ticks }, (_, tick) => (tick === spike ? 9 : 1)));
        const at = sampleAt(spike * 1000, timeline, width) ?? -1;
        expect(trendLine(series, timeline, { width, set: blocks })[at]).toBe('▇');
      }
    }
  });

  it.each(Object.values(SPARKLINES))('fills its cells in every set', (set) => {
    const { series, timeline } = seriesOf(Array.from({ length: 200 }, (_, tick) => tick % 7));
    for (let width = 1; width <= CELLS; width += 1)
      expect(trendLine(series, timeline, { width: width, set: set })).toHaveLength(width);
  });
});
