import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Series } from '../../src/model/series.ts';
import { slope } from '../../src/model/slope.ts';
import { TICKS, Timeline } from '../../src/model/timeline.ts';

const INTERVAL = 2000;

/** What one tick brings: how many intervals after the one before, and the value. */
interface Tick {
  readonly steps: number;
  readonly value: number;
}

interface Reading {
  readonly time: number;
  readonly value: number;
}

/** A series and its timeline after these ticks, and every reading kept for comparison. */
function recorded(ticks: readonly Tick[], before = 0): { series: Series; timeline: Timeline; readings: Reading[] } {
  const timeline = new Timeline();
  for (let tick = 0; tick < before; tick += 1) timeline.advance(tick * INTERVAL, INTERVAL);
  let time = (before - 1) * INTERVAL;
  let series: Series | undefined;
  const readings: Reading[] = [];
  for (const { steps, value } of ticks) {
    time += steps * INTERVAL;
    timeline.advance(time, INTERVAL);
    if (series === undefined) series = new Series(timeline, value);
    else series.record(timeline, value);
    readings.push({ time, value });
  }
  return { series: series as Series, timeline, readings };
}

const steady = (values: readonly number[]): Tick[] => values.map((value) => ({ steps: 1, value }));

/** The trend by the book: of every drawn cell the highest of all readings in its span. */
function cellsByTheBook(readings: readonly Reading[], timeline: Timeline, count: number): number[] {
  const span = timeline.span * timeline.grouping(count);
  const cellOf = (time: number) => Math.floor((time + INTERVAL / 2) / span);
  const newest = readings.at(-1) as Reading;
  const cells = Array.from({ length: count }, (_, index) => {
    const cell = cellOf(newest.time) - count + 1 + index;
    const values = readings.filter(({ time }) => cellOf(time) === cell).map(({ value }) => value);
    return values.length === 0 ? Number.NaN : Math.max(...values);
  });
  cells[count - 1] = newest.value;
  return cells;
}

/** Growth by the book: the slope over the readings within the window. */
function growthByTheBook(readings: readonly Reading[]): number | undefined {
  const window = readings.slice(-TICKS);
  const began = window[0]?.time ?? 0;
  if (window.length < 5 || (window.at(-1)?.time ?? 0) - began < 4000) return undefined;
  const times = Float64Array.from(window, ({ time }) => (time - began) / 1000);
  return slope(
    times,
    Float64Array.from(window, ({ value }) => value),
  );
}

/** Values that often stay as they are, as those of real processes do; whole and small enough for 32-bit floats. */
const values = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 2 ** 24 })), {
    minLength: 1,
    maxLength: 60,
  })
  .map((runs) => runs.flatMap(([length, value]) => new Array<number>(length).fill(value)));
const before = fc.nat({ max: 700 });
const widths = fc.constantFrom(4, 5, 8, 15, 30, 32);

describe('the trend', () => {
  it('is the highest reading in each cell, the newest in the last, whatever happened', () => {
    fc.assert(
      fc.property(values, before, widths, (given, lead, width) => {
        const { series, timeline, readings } = recorded(steady(given), lead);
        expect(series.cells(timeline, width)).toEqual(cellsByTheBook(readings, timeline, width));
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on whether it was looked at on the way', () => {
    fc.assert(
      fc.property(values, before, widths, fc.nat({ max: 40 }), (given, lead, width, every) => {
        const unseen = recorded(steady(given), lead);
        const timeline = new Timeline();
        for (let tick = 0; tick < lead; tick += 1) timeline.advance(tick * INTERVAL, INTERVAL);
        let seen: Series | undefined;
        for (const [index, value] of given.entries()) {
          timeline.advance((lead + index) * INTERVAL, INTERVAL);
          if (seen === undefined) seen = new Series(timeline, value);
          else seen.record(timeline, value);
          if (index % (every + 1) === 0) [seen.cells(timeline, 15), seen.growth(timeline)];
        }
        expect(seen?.cells(timeline, width)).toEqual(unseen.series.cells(unseen.timeline, width));
        expect(seen?.growth(timeline)).toEqual(unseen.series.growth(unseen.timeline));
      }),
    );
  });

  it('begins where the process began', () => {
    const { series, timeline } = recorded(steady([7, 7, 7]), 2);
    expect(series.cells(timeline, 5)).toEqual([Number.NaN, Number.NaN, 7, 7, 7]);
  });

  it('has a gap where the sampling paused, whether or not the value moved meanwhile', () => {
    for (const after of [5, 9]) {
      const { series, timeline } = recorded([...steady([5, 5, 5]), { steps: 4, value: after }]);
      expect(series.cells(timeline, 8)).toEqual([Number.NaN, 5, 5, 5, Number.NaN, Number.NaN, Number.NaN, after]);
    }
  });

  it('keeps a pause out of the cells beside it when cells are merged', () => {
    const quiet = steady(new Array<number>(40).fill(9));
    const { series, timeline } = recorded([...steady([5, 5, 5]), { steps: 4, value: 9 }, ...quiet]);
    expect(timeline.doublings).toBe(1);
    expect(series.cells(timeline, 32).slice(8, 13)).toEqual([5, 5, Number.NaN, 9, 9]);
  });

  it('covers a pause of any length', () => {
    const { series, timeline } = recorded([...steady([5, 6]), { steps: 5000, value: 7 }]);
    expect(series.cells(timeline, 15).filter((value) => !Number.isNaN(value))).toEqual([7]);
  });
});

describe('growth', () => {
  it('is the slope over the window', () => {
    fc.assert(
      fc.property(values, before, (given, lead) => {
        const { series, timeline, readings } = recorded(steady(given), lead);
        const expected = growthByTheBook(readings);
        if (expected === undefined) expect(series.growth(timeline)).toBeUndefined();
        else expect(series.growth(timeline)).toBeCloseTo(expected, 6);
      }),
      { numRuns: 300 },
    );
  });

  it('is not told before there are five readings', () => {
    expect(recorded(steady([1, 2, 3, 4])).series.growth(recorded(steady([1, 2, 3, 4])).timeline)).toBeUndefined();
    const { series, timeline } = recorded(steady([1000, 2000, 3000, 4000, 5000]));
    expect(series.growth(timeline)).toBe(500);
  });

  it('is zero for what does not move', () => {
    const { series, timeline } = recorded(steady([5, 5, 5, 5, 5]));
    expect(series.growth(timeline)).toBe(0);
  });

  it('is not bent by a single spike', () => {
    const still = new Array<number>(30).fill(1000);
    const { series, timeline } = recorded(steady([...still, 1e6, ...still]));
    expect(series.growth(timeline)).toBe(0);
  });

  it('is zero again once the last move has left the window', () => {
    const { series, timeline } = recorded(steady([1, 2, 3, ...new Array<number>(TICKS).fill(3)]));
    expect(series.growth(timeline)).toBe(0);
  });
});
