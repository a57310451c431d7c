import { expect, it } from 'vitest';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';
import { reviewOf } from './reviews.ts';

it('Has the peak of each process, when it was, and whether the process ended; the largest peak first', () => {
  const { courses, samples } = reviewOf(movingSnapshots(20));
  expect(samples).toBe(20);
  expect(courses.map(({ who, peak, hasEnded }) => [who.name, peak.rss / MEBIBYTE, peak.at - NOON, hasEnded])).toEqual([
    ['growing', 119, 19_000, false],
    ['resting', 40, 0, false],
    ['passing3', 10, 3000, true],
    ['passing13', 10, 13_000, true],
  ]);
});

it('Has the largest RSS in each part of the span, and nothing where the process did not exist', () => {
  const { courses } = reviewOf(movingSnapshots(20), 4);
  const parts = courses.map((course) => [...course.parts].map((rss) => rss / MEBIBYTE));
  expect(parts).toEqual([
    [104, 109, 114, 119],
    [40, 40, 40, 40],
    [10, Number.NaN, Number.NaN, Number.NaN],
    [Number.NaN, Number.NaN, 10, Number.NaN],
  ]);
});

it('Has the lowest available memory and when that was', () => {
  const at = (second: number, available: number) =>
    snapshotOf([], second, { total: 1000 * MEBIBYTE, available: available * MEBIBYTE });
  const { lowest, total, available } = reviewOf([at(0, 500), at(1, 90), at(2, 400), at(3, 300)], 2);
  expect([lowest, total]).toEqual([{ at: NOON + 1000, available: 90 * MEBIBYTE }, 1000 * MEBIBYTE]);
  expect([...available].map((bytes) => bytes / MEBIBYTE)).toEqual([90, 300]);
});

it('A reused PID is another process', () => {
  const of = (startTime: number, second: number) => snapshotOf([processOf({ who: { pid: 7, startTime } })], second);
  expect(reviewOf([of(1, 0), of(2, 1)]).courses).toHaveLength(2);
});

it('Has the growth of what still runs', () => {
  const [growing] = reviewOf(movingSnapshots(120)).courses;
  expect(growing?.growth).toBeCloseTo(MEBIBYTE, -4);
  expect(growing?.pattern).toBe('growing');
});

it('Has no empty parts between samples, but for the time in which nothing was recorded', () => {
  const at = (second: number) =>
    snapshotOf([processOf({ who: { pid: 7, startTime: 1 }, rss: second * MEBIBYTE })], second);
  const [course] = reviewOf([1, 3, 5, 15, 17].map(at), 16).courses;
  const gap = Array.from({ length: 9 }, () => Number.NaN);
  expect([...(course?.parts ?? [])].map((rss) => rss / MEBIBYTE)).toEqual([1, 3, 3, 5, 5, ...gap, 15, 17]);
});
