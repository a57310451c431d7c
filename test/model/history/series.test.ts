import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Series } from '../../../src/model/history/series.ts';
import { Slab } from '../../../src/model/history/slab.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';

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

  it('keeps a pause out of the adjacent cells when cells are merged', () => {
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
  const line = (count: number, rate: number) => Array.from({ length: count }, (_, tick) => 1e9 + tick * 2 * rate);

  it('of a straight line is its rise, however long it has been known', () => {
    for (const count of [5, 20, 40, 200, 1000]) {
      const { series, timeline } = recorded(steady(line(count, 50_000)));
      expect(series.growth(timeline), `${count} readings`).toBeCloseTo(50_000, -3);
    }
  });

  it('is unknown before there are five readings', () => {
    expect(recorded(steady([1, 2, 3, 4])).series.growth(recorded(steady([1, 2, 3, 4])).timeline)).toBeUndefined();
    const { series, timeline } = recorded(steady([1000, 2000, 3000, 4000, 5000]));
    expect(series.growth(timeline)).toBeCloseTo(500, -2);
  });

  it('is zero for what does not move', () => {
    const { series, timeline } = recorded(steady([5, 5, 5, 5, 5]));
    expect(series.growth(timeline)).toBe(0);
    expect(series.judgement(timeline)?.pattern).toBe('steady');
  });

  it('is not bent by a single spike', () => {
    const still = new Array<number>(30).fill(1000);
    const { series, timeline } = recorded(steady([...still, 1e6, ...still]));
    expect(series.growth(timeline)).toBe(0);
  });

  it('is the present pace, not the earlier one, when a process begins to leak', () => {
    const { series, timeline } = recorded(steady([...new Array<number>(400).fill(1e9), ...line(100, 50_000)]));
    expect(series.growth(timeline)).toBeGreaterThan(35_000);
    expect(series.judgement(timeline)?.window).toBeLessThanOrEqual(300_000);
  });

  it('is measured over the longest window that a line fits', () => {
    const { series, timeline } = recorded(steady(line(500, 50_000)));
    expect(series.judgement(timeline)).toMatchObject({ window: 900_000, pattern: 'growing' });
  });

  it('is zero again once the last move is a quarter of an hour ago', () => {
    const { series, timeline } = recorded(steady([1e6, 2e6, 3e6, ...new Array<number>(450).fill(3e6)]));
    expect(series.growth(timeline)).toBe(0);
  });
});

describe('the readings of a chart', () => {
  it('are all moves of the last quarter of an hour, exactly, and the values at both ends', () => {
    fc.assert(
      fc.property(values, (given) => {
        const { series, timeline, readings } = recorded(steady(given));
        const { times, values } = series.readings(timeline, 0, readings.at(-1)?.time ?? 0);
        for (const reading of readings) {
          const at = times.findLastIndex((time) => time <= reading.time);
          expect(values[at]).toBe(reading.value);
        }
        expect(times[0]).toBe(0);
        expect(times.at(-1)).toBe(readings.at(-1)?.time);
      }),
    );
  });

  it('have a hole where the sampling paused', () => {
    const { series, timeline } = recorded([...steady([5, 6]), { steps: 9, value: 7 }, { steps: 1, value: 7 }]);
    const { times, values } = series.readings(timeline, 0, 1e9);
    expect([...times]).toEqual([0, 2000, 2000, 20_000, 22_000]);
    expect([...values]).toEqual([5, 6, Number.NaN, 7, 7]);
  });

  it('keep the lowest and the highest of each minute for a day, and then nothing', () => {
    const mib = 2 ** 20;
    const wave = Array.from({ length: 45_000 }, (_, tick) => (100 + (tick % 25) + (tick === 20_000 ? 500 : 0)) * mib);
    const { series, timeline, readings } = recorded(steady(wave));
    const now = readings.at(-1)?.time ?? 0;
    const { times, values } = series.readings(timeline, 0, now);
    expect(Math.max(...values)).toBe(600 * mib);
    expect(times[0]).toBeGreaterThanOrEqual(0);
    const hourAgo = [...values].filter((_, index) => (times[index] as number) < now - 3_600_000);
    expect(hourAgo.length).toBeLessThan(24 * 60 * 3);
    const minute = Math.floor((now - 7_200_000) / 60_000) * 60_000;
    const within = [...values].filter((_, index) => times[index]! > minute && times[index]! < minute + 120_000);
    expect([Math.min(...within), Math.max(...within)]).toEqual([100 * mib, 124 * mib]);
  });
});

describe('memory', () => {
  const MIB = 2 ** 20;
  /** Pages used by one series after N ticks. */
  const pagesAfter = (ticks: number, value: (tick: number) => number) => {
    const timeline = new Timeline();
    timeline.advance(0, INTERVAL);
    const series = new Series(timeline, value(0));
    for (let tick = 1; tick < ticks; tick += 1) {
      timeline.advance(tick * INTERVAL, INTERVAL);
      series.record(timeline, value(tick));
      if (tick % 256 === 0) series.tidy(timeline);
    }
    return timeline.slab.used;
  };

  it('is zero for what does not move', () => {
    expect(pagesAfter(1000, () => 7)).toBe(0);
  });

  it('is a KiB at most for what moves by less than a MiB', () => {
    expect(pagesAfter(50_000, (tick) => 50 * MIB + (tick % 100) * 4096) * 256).toBeLessThanOrEqual(1024);
  });

  it('is 48 KiB at most for what never rests for a day', () => {
    expect(pagesAfter(50_000, (tick) => (100 + ((tick * 7919) % 400)) * MIB) * 256).toBeLessThanOrEqual(48 * 1024);
  });

  it('is given back a day after the last move', () => {
    expect(pagesAfter(45_000, (tick) => (tick < 500 ? tick * MIB : 0))).toBe(0);
  });

  it('that is used up costs the history, not the values', () => {
    const timeline = new Timeline(new Slab(1));
    timeline.advance(0, INTERVAL);
    const many = Array.from({ length: 400 }, () => new Series(timeline, 0));
    for (let tick = 1; tick < 300; tick += 1) {
      timeline.advance(tick * INTERVAL, INTERVAL);
      for (const series of many) series.record(timeline, tick * MIB);
    }
    expect(timeline.slab.left).toBe(0);
    for (const series of many) {
      expect(series.value).toBe(299 * MIB);
      expect(series.cells(timeline, 8).at(-1)).toBe(299 * MIB);
      expect(series.readings(timeline, 0, 1e9).values.at(-1)).toBeDefined();
      series.forget();
    }
    expect(timeline.slab.used).toBe(0);
  });
});

describe('judgements of many series that all move', () => {
  it('do not fall due in one tick, and none of what grows is older than 4 s', () => {
    const timeline = new Timeline();
    const all = Array.from({ length: 200 }, () => new Series(timeline, 0));
    let known = all.map((series) => series.judgement(timeline));
    const renewed: number[] = [];
    const age = all.map(() => 0);
    for (let tick = 0; tick < 400; tick += 1) {
      timeline.advance(tick * 1000, 1000);
      for (const [index, series] of all.entries()) series.record(timeline, tick * 2 ** 20 + index);
      const now = all.map((series) => series.judgement(timeline));
      for (const [index, judgement] of now.entries())
        age[index] = judgement === known[index] ? (age[index] ?? 0) + 1 : 0;
      if (tick >= 300) {
        renewed.push(now.filter((judgement, index) => judgement !== known[index]).length);
        expect(Math.max(...age)).toBeLessThan(4);
      }
      known = now;
    }
    expect(Math.max(...renewed)).toBeLessThan(100);
  });
});
