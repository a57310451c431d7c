import { describe, expect, it } from 'vitest';
import { RUN_CELLS, RunReadings } from '../../../src/model/run/run.ts';

const MIB = 2 ** 20;
const BEGUN = Date.UTC(2026, 0, 1);
const at = (elapsed: number) => ({ elapsed, time: BEGUN + elapsed });
const found = { remaining: 0, way: 'parents' } as const;

/** One process that is alone in its tree, by readings of RSS and peak in MiB. */
function ofOne(readings: readonly (readonly [elapsed: number, rss: number, peak: number])[]): RunReadings {
  const taken = new RunReadings(200);
  for (const [elapsed, rss, peak] of readings) {
    const main = { pid: 7, rss: rss * MIB, peak: peak * MIB };
    taken.takeTree({ processes: 1, rss: main.rss, peak: main.peak, main }, at(elapsed));
  }
  return taken;
}

const ended = (elapsed: number) => ({ exitCode: 0, elapsed });

describe('the result of a run', () => {
  it('has the peak between two readings, and when it was first seen', () => {
    const readings = ofOne([
      [0, 10, 10],
      [200, 40, 90],
      [400, 40, 90],
      [2000, 40, 90],
    ]);
    const { main, tree } = readings.result(['a'], ended(2000), {}, found);
    expect(main).toEqual({ pid: 7, peak: 90 * MIB, peakAt: at(200), resting: 40 * MIB });
    expect(tree).toMatchObject({ peak: 90 * MIB, resting: 40 * MIB, processes: 1, remaining: 0 });
  });

  it('has a resting size that a last moment of freeing does not change', () => {
    const steps = Array.from({ length: 20 }, (_, index) => [index * 100, 80, 80] as const);
    const { main } = ofOne([...steps, [1980, 5, 80]]).result(['a'], ended(2000), {}, found);
    expect(main?.resting).toBe(80 * MIB);
  });

  it('has a range for a peak that was still rising at the last reading', () => {
    const rising = ofOne([
      [0, 10, 10],
      [100, 60, 60],
      [200, 110, 110],
    ]);
    expect(rising.result(['a'], ended(220), {}, found).main).toMatchObject({
      peak: 110 * MIB,
      peakAtMost: 120 * MIB,
    });
    const calm = ofOne([
      [0, 10, 10],
      [100, 60, 60],
      [400, 60, 60],
    ]);
    expect(calm.result(['a'], ended(420), {}, found).main?.peakAtMost).toBeUndefined();
  });

  it('believes the agent about the end, and needs no range then', () => {
    const rising = ofOne([
      [0, 10, 10],
      [100, 60, 60],
    ]);
    const { main } = rising.result(['a'], ended(150), { peak: 75 * MIB, resting: 20 * MIB }, found);
    expect(main).toEqual({ pid: 7, peak: 75 * MIB, peakAt: at(100), resting: 20 * MIB });
  });

  it('has peak and resting size of one process, where a shell waits for several in turn', () => {
    const readings = ofOne([
      [0, 1, 1],
      [200, 1, 1],
    ]);
    for (const [pid, elapsed, rss] of [
      [8, 400, 50],
      [8, 600, 50],
      [9, 800, 2],
      [9, 2000, 2],
    ] as const)
      readings.takeMain({ pid, rss: rss * MIB, peak: rss * MIB }, at(elapsed));
    const { main } = readings.result(['sh'], ended(2000), {}, found);
    expect(main).toEqual({ pid: 8, peak: 50 * MIB, peakAt: at(400), resting: 50 * MIB });
  });

  it('adds the other processes to the peak of the main one that is read between two samples of the tree', () => {
    const readings = new RunReadings(200);
    const main = { pid: 7, rss: 10 * MIB, peak: 10 * MIB };
    readings.takeTree({ processes: 2, rss: 30 * MIB, peak: 30 * MIB, main }, at(0));
    readings.takeMain({ pid: 7, rss: 50 * MIB, peak: 60 * MIB }, at(40));
    const { tree } = readings.result(['a'], ended(60), {}, found);
    expect(tree).toMatchObject({ peak: 80 * MIB, resting: 70 * MIB, processes: 2 });
  });

  it('names growth and pattern only after enough readings', () => {
    const steps = (until: number) =>
      Array.from({ length: until / 200 + 1 }, (_, index) => [index * 200, 10 + index * 0.2, 100] as const);
    const short = ofOne(steps(3000)).result(['a'], ended(3000), {}, found);
    expect([short.growth, short.pattern]).toEqual([undefined, undefined]);
    const long = ofOne(steps(90_000)).result(['a'], ended(90_000), {}, found);
    expect(long.growth).toBeCloseTo(MIB, -3);
    expect(long.pattern).toBe('growing');
  });

  it('has a curve of as many cells whether the run was short or long', () => {
    for (const [step, count] of [
      [10, 5],
      [200, 40_000],
    ] as const) {
      const readings = ofOne(Array.from({ length: count }, (_, index) => [index * step, index, index] as const));
      const { curve } = readings.result(['a'], ended(step * count), {}, found);
      expect(curve).toHaveLength(RUN_CELLS);
      expect(curve.at(-1)).toBe((count - 1) * MIB);
      expect(curve).toEqual([...curve].sort((one, other) => one - other));
    }
  });

  it('has nothing of memory where nothing was read', () => {
    const result = new RunReadings(200).result(['a'], ended(3), {}, found);
    expect(result.main).toBeUndefined();
    expect(result.tree).toBeUndefined();
    expect(result.curve.every(Number.isNaN)).toBe(true);
  });
});
