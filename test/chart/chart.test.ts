import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, fractionOn } from '../../src/chart/axis.ts';
import { endedAt, type Reading } from '../../src/chart/curve.ts';
import { plotArea, plotLines } from '../../src/chart/plot.ts';
import { summaryOf } from '../../src/chart/summary.ts';
import { CHART_SPANS, chartColumnAt, columnValues, usualSpan, windowOf, zoomed } from '../../src/chart/window.ts';
import { chartHistoryOf } from '../../src/model/history/chart-history.ts';
import { Series } from '../../src/model/history/series.ts';
import { Timeline } from '../../src/model/history/timeline.ts';
import { cellWidth } from '../../src/text/width.ts';

const MIB = 2 ** 20;
const size = fc.oneof(fc.nat(1e6), fc.double({ min: 0, max: 2 ** 50, noNaN: true }), fc.constant(Number.NaN));
const anyReadings: fc.Arbitrary<Reading[]> = fc
  .array(fc.record({ time: fc.integer({ min: -1e7, max: 1e7 }), value: size }), { maxLength: 60 })
  .map((readings) => readings.sort((one, other) => one.time - other.time));
const graphs = fc.constantFrom('blocks', 'braille', 'ascii');

describe('the axis', () => {
  it.each([
    [132, 146, ['130M', '140M', '150M']],
    [0, 319, ['0', '200M', '400M']],
    [0, 2662, ['0', '1.5G', '3.0G']],
    [0, 2355, ['0', '1.2G', '2.4G']],
    [1000, 1010, ['0.93G', '0.96G', '0.99G']],
    [96.4, 96.4, ['90M', '95M', '100M']],
  ])('from %d to %d MiB has three round numbers', (low, high, labels) => {
    expect(axisOf(low * MIB, high * MIB).labels).toEqual(labels);
  });

  it('holds all values, rises, and has labels that fit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 2 ** 53, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (high, part) => {
          const axis = axisOf(high * part, high);
          expect(axis.bottom).toBeLessThanOrEqual(high * part);
          expect(axis.top).toBeGreaterThanOrEqual(high);
          expect(axis.top).toBeGreaterThan(axis.bottom);
          for (const label of axis.labels) expect(label).toMatch(/^(?=.{1,6}$)(0|\d{1,4}(\.\d{1,3})?[BKMGTPE])$/);
          expect(new Set(axis.labels).size).toBe(3);
          expect(fractionOn(axis, high)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('the window', () => {
  it('does not move while the newest column is the same: only that one is drawn again', () => {
    const one = windowOf(600_000, 600_000, 50);
    expect(windowOf(611_999, 600_000, 50).from).toBe(one.from);
    expect(windowOf(612_000, 600_000, 50).from).toBe(one.from + one.cell);
    expect(chartColumnAt(one, 600_000)).toBe(49);
    expect(chartColumnAt(one, 0)).toBeUndefined();
  });

  it('zooms through its spans and stays at either end', () => {
    expect(zoomed(600_000, 1)).toBe(1_200_000);
    expect(zoomed(600_000, -1)).toBe(300_000);
    expect(zoomed(CHART_SPANS.at(-1) as number, 1)).toBe(CHART_SPANS.at(-1));
    expect(zoomed(CHART_SPANS[0] as number, -1)).toBe(CHART_SPANS[0]);
    expect([usualSpan(0), usualSpan(61_000), usualSpan(1e9)]).toEqual([60_000, 120_000, 600_000]);
  });
});

describe('columns', () => {
  it('hold a value until the next reading, show the highest, and leave gaps', () => {
    const readings = [
      { time: 0, value: 1 },
      { time: 25, value: 9 },
      { time: 26, value: 2 },
      { time: 40, value: Number.NaN },
      { time: 60, value: 3 },
    ];
    const window = { from: -10, cell: 10, columns: 10, now: 75 };
    expect(columnValues(readings, window)).toEqual([NaN, 1, 1, 9, 2, NaN, NaN, 3, 3, NaN]);
  });

  it('never show more or less than was read', () => {
    fc.assert(
      fc.property(
        anyReadings,
        fc.integer({ min: 0, max: 1e7 }),
        fc.integer({ min: 1, max: 200 }),
        (readings, now, columns) => {
          const values = columnValues(readings, windowOf(now, 600_000, columns));
          expect(values).toHaveLength(columns);
          for (const value of values) {
            if (!Number.isNaN(value)) expect(readings.some((reading) => reading.value === value)).toBe(true);
          }
        },
      ),
    );
  });
});

describe('the summary', () => {
  it('weighs by time', () => {
    const readings = [
      { time: 0, value: 10 },
      { time: 90, value: 20 },
    ];
    expect(summaryOf(readings, 0, 100)).toEqual({ lowest: 10, mean: 11, highest: 20, highestAt: 90 });
    expect(summaryOf([], 0, 100)).toBeUndefined();
  });

  it('has lowest <= mean <= highest, whatever was read', () => {
    fc.assert(
      fc.property(anyReadings, fc.integer(), fc.nat(), (readings, from, span) => {
        const summary = summaryOf(readings, from, from + span);
        if (summary === undefined) return;
        expect(summary.lowest).toBeLessThanOrEqual(summary.mean);
        expect(summary.mean).toBeLessThanOrEqual(summary.highest);
        expect(summary.highestAt).toBeGreaterThanOrEqual(from);
        expect(summary.highestAt).toBeLessThanOrEqual(from + span);
      }),
    );
  });
});

describe('plots', () => {
  it('an area fills its rectangle exactly, cell by cell, in every kind of graph', () => {
    fc.assert(
      fc.property(fc.array(size, { maxLength: 80 }), fc.nat(20), graphs, (given, height, graph) => {
        const values = graph === 'braille' && given.length % 2 === 1 ? given.slice(1) : given;
        const area = plotArea(values, axisOf(0, 2 ** 40), height, graph);
        const width = graph === 'braille' ? values.length / 2 : values.length;
        expect(area).toHaveLength(height);
        for (const line of area) {
          expect(line).toHaveLength(width);
          expect(cellWidth(line.join(''))).toBe(width);
        }
      }),
    );
  });

  it('a higher value is never drawn lower, and one that is not known is not drawn', () => {
    const axis = axisOf(0, 100 * MIB);
    const area = plotArea([0, 50 * MIB, 100 * MIB, Number.NaN], axis, 4, 'blocks').map((line) => line.join(''));
    expect(area).toEqual(['  █ ', '  █ ', ' ██ ', '▁██ ']);
    expect(plotArea([0, 50 * MIB, 100 * MIB, Number.NaN], axis, 2, 'ascii').map((line) => line.join(''))).toEqual([
      '  # ',
      '.## ',
    ]);
    expect(plotArea([0, 50 * MIB, 100 * MIB, Number.NaN], axis, 2, 'braille').map((line) => line.join(''))).toEqual([
      ' ⡇',
      '⣸⡇',
    ]);
  });

  it('lines stay in their field, and the first is seen where two meet', () => {
    expect(
      plotLines(
        [
          [0, 9],
          [0, Number.NaN],
        ],
        { bottom: 0, top: 9, labels: ['', '', ''] },
        2,
        2,
      ),
    ).toEqual([
      [undefined, 0],
      [0, undefined],
    ]);
    fc.assert(
      fc.property(
        fc.array(fc.array(size, { maxLength: 50 }), { maxLength: 5 }),
        fc.nat(20),
        fc.nat(50),
        (lines, height, columns) => {
          const field = height === 0 ? [] : plotLines(lines, axisOf(0, 2 ** 30), height, columns);
          for (const line of field) expect(line).toHaveLength(columns);
        },
      ),
    );
  });
});

describe('the history of a series', () => {
  it('is its readings, from when it began up to now', () => {
    const timeline = new Timeline();
    timeline.advance(0, 1000);
    timeline.advance(1000, 1000);
    const series = new Series(timeline, 10);
    timeline.advance(2000, 1000);
    series.record(timeline, 20);
    const history = chartHistoryOf(series, timeline);
    expect(history.readings(0, 2000).map(({ value }) => value)).toEqual([10, 20]);
    expect(history.readings(0, 2000)[0]?.time).toBe(1000);
    expect(
      endedAt(history, 1500)
        .readings(0, 2000)
        .map(({ value }) => value),
    ).toEqual([10, 10, Number.NaN]);
  });
});
