import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isForetold, scoreRun } from '../../../bench/forecast-score.ts';
import { type LimitRun, limitRunsOf } from '../../../bench/limits.ts';
import { recordedRuns } from '../../../bench/recorded-curves.ts';
import { Series } from '../../../src/model/history/series.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';

const MIB = 2 ** 20;
const CURVES = fileURLToPath(new URL('../../fixtures/curves', import.meta.url));

/** The forecast after values of what is left, one every two seconds, in MiB. */
function foreseen(values: readonly number[]) {
  const timeline = new Timeline();
  let series: Series | undefined;
  for (const [index, value] of values.entries()) {
    timeline.advance(index * 2000, 2000);
    if (series === undefined) series = new Series(timeline, value * MIB);
    else series.record(timeline, value * MIB);
  }
  return series?.forecast(timeline);
}
const every = (count: number, value: (index: number) => number) =>
  Array.from({ length: count }, (_, index) => value(index));

describe('the forecast', () => {
  it('of what falls in a line is where the line ends', () => {
    const reported = foreseen(every(150, (tick) => 1000 - tick));
    const truth = (1000 - 149) * 2000;
    expect(reported?.soonest).toBeLessThan(truth);
    expect(reported?.latest).toBeGreaterThan(truth);
    expect(reported?.middle).toBeCloseTo(truth, -4.5);
    expect((reported?.latest ?? 0) - (reported?.soonest ?? 0)).toBeLessThan(truth / 4);
  });

  it.each<[string, (tick: number) => number]>([
    ['does not move', () => 500],
    ['rises', (tick) => 500 + tick],
    ['levels off', (tick) => 500 + 400 * Math.exp(-tick / 30)],
    ['swings', (tick) => 500 + 100 * ((tick % 20) / 20)],
    ['falls once', (tick) => (tick < 70 ? 900 : 300)],
    ['falls so slowly that it lasts for more than a day', (tick) => 100_000 - tick / 100],
  ])('is silent of what %s', (_, value) => {
    expect(foreseen(every(150, value))).toBeUndefined();
  });

  it('is not made in the first minute', () => {
    expect(foreseen(every(25, (tick) => 1000 - tick))).toBeUndefined();
  });

  it('goes by the present pace when the fall began after a rest', () => {
    const reported = foreseen(every(450, (tick) => 1000 - Math.max(0, tick - 300) * 2));
    const truth = (1000 - 149 * 2) * 1000;
    expect(reported?.soonest).toBeLessThan(truth);
    expect(reported?.latest).toBeGreaterThan(truth);
  });
});

const foretold = (runs: readonly LimitRun[]) => {
  const scores = runs.filter(({ hitAt }) => hitAt !== undefined).map(scoreRun);
  return scores.filter(isForetold).length / scores.length;
};
const alarms = (runs: readonly LimitRun[]) => {
  const scores = runs.filter(({ hitAt }) => hitAt === undefined).map(scoreRun);
  return scores.reduce((sum, { spoke }) => sum + spoke, 0) / scores.reduce((sum, { moments }) => sum + moments, 0);
};

describe('from half-way on', () => {
  it('the range is right in four of five generated runs, and false alarms are rare', () => {
    const runs = limitRunsOf(77, 6);
    expect(foretold(runs)).toBeGreaterThanOrEqual(0.8);
    expect(alarms(runs)).toBeLessThan(0.1);
  });

  it('the range holds in four of five programs that the kernel killed at their limit', () => {
    const runs = recordedRuns(CURVES);
    expect(foretold(runs)).toBeGreaterThanOrEqual(0.8);
    expect(alarms(runs)).toBeLessThan(0.1);
  });
});
