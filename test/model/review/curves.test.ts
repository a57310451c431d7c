import { expect, it } from 'vitest';
import { Curves, type ThinCurve } from '../../../src/model/review/curves.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';

const who = processOf({ who: { pid: 7, startTime: 1 } }).who;

/** One process with these MiB, one a step; undefined where it did not exist. */
function course(sizes: readonly (number | undefined)[], step = 1): readonly Snapshot[] {
  return sizes.map((size, index) => {
    const processes = size === undefined ? [] : [processOf({ who: { pid: 7, startTime: 1 }, rss: size * MEBIBYTE })];
    return snapshotOf(processes, index * step);
  });
}

function curvesOf(snapshots: readonly Snapshot[], most: number): Curves {
  const tracker = new Tracker();
  const curves = new Curves(snapshots[0]?.time ?? 0, snapshots.at(-1)?.time ?? 0, most);
  for (const snapshot of snapshots) curves.take(snapshot, tracker.advance(snapshot, 1000));
  return curves;
}

function mebibytes(curve: ThinCurve | undefined): readonly number[] | undefined {
  return curve?.pairs.map((value) => value / MEBIBYTE);
}

it('Each part has the lowest and the highest value in the order in which they came', () => {
  const curves = curvesOf(course([1, 9, 5, 5, 8, 2, 4, 4, 4, 3, 7, 5]), 3);
  expect(mebibytes(curves.curveOf(who))).toEqual([1, 9, 8, 2, 3, 7]);
});

it('A peak of a single sample is kept however many samples a part has', () => {
  const sizes = Array.from({ length: 1000 }, (_, second) => (second === 333 ? 500 : 10));
  const curve = mebibytes(curvesOf(course(sizes), 10).curveOf(who));
  expect(curve).toHaveLength(20);
  expect(Math.max(...(curve ?? []))).toBe(500);
});

it('Parts have the times of their first and last sample, and none without a sample', () => {
  const { parts } = curvesOf(course([1, 2, 3]), 100);
  expect(parts.map(({ first, last }) => [first - NOON, last - NOON])).toEqual([
    [0, 0],
    [1000, 1000],
    [2000, 2000],
  ]);
});

it('A curve begins with its process, and has nothing where the process was not selected', () => {
  const curve = curvesOf(course([undefined, 2, 3, undefined, 5]), 5).curveOf(who);
  expect([curve?.start, mebibytes(curve)]).toEqual([1, [2, 2, 3, 3, Number.NaN, Number.NaN, 5, 5]]);
});

it('Marks the first part after a time in which nothing was recorded, and no other', () => {
  const snapshots = course([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]).filter((_, second) => second < 3 || second > 7);
  const { parts } = curvesOf(snapshots, 12);
  expect(parts.filter(({ isAfterGap }) => isAfterGap).map(({ first }) => first - NOON)).toEqual([8000]);
});

it('A recorder that was started twice within a second does not turn every interval into a gap', () => {
  const [first, ...others] = course([1, 1, 1, 1, 1, 1]);
  const again = { ...first!, time: first!.time + 10, monotonic: first!.monotonic + 10 };
  const { parts } = curvesOf([first!, again, ...others], 600);
  expect(parts.filter(({ isAfterGap }) => isAfterGap).length).toBeLessThanOrEqual(1);
});

it('A clock that was put back adds to the newest part, so that times never go back', () => {
  const [one, two, three] = course([1, 2, 3], 10);
  const { parts } = curvesOf([one!, two!, { ...three!, time: NOON + 4000 }], 4);
  const times = parts.flatMap(({ first, last }) => [first, last]);
  expect(times).toEqual([...times].sort((first, second) => first - second));
});

it('Has used memory and used swap of the machine', () => {
  const { used, swap } = curvesOf([snapshotOf([])], 1);
  expect([mebibytes(used), mebibytes(swap)]).toEqual([
    [1767, 1767],
    [120, 120],
  ]);
});

it('A large process that ended keeps its curve however many small ones run or have ended after it', () => {
  const large = processOf({ who: { pid: 7, startTime: 1 }, rss: 500 * MEBIBYTE });
  const many = (second: number) =>
    Array.from({ length: 4500 }, (_, index) => processOf({ who: { pid: 100 + index, startTime: second } }));
  const curves = curvesOf([snapshotOf([large]), ...[1, 2, 3].map((second) => snapshotOf(many(second), second))], 4);
  expect(mebibytes(curves.curveOf(who))).toEqual([500, 500]);
  expect(curves.curveOf(processOf({ who: { pid: 100, startTime: 1 } }).who)).toBeUndefined();
});
