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

it('Has the growth of a process until it ended, and its command from before it was a zombie', () => {
  const leak = (second: number) =>
    processOf({ who: { pid: 20, name: 'leak', command: 'leak --all' }, rss: (100 + second) * MEBIBYTE });
  const zombie = processOf({ who: { pid: 20, name: 'leak', command: '' }, state: 'Z', rss: 0 });
  const ends = Array.from({ length: 240 }, (_, second) =>
    snapshotOf(second < 200 ? [leak(second)] : second < 220 ? [zombie] : [], second),
  );
  const [course] = reviewOf(ends).courses;
  expect(course).toMatchObject({ pattern: 'growing', hasEnded: true, last: { rss: 299 * MEBIBYTE } });
  expect(course?.growth).toBeCloseTo(MEBIBYTE, -4);
  expect(course?.who.command).toBe('leak --all');
});

it('A process that is a zombie in the last sample has ended', () => {
  const zombie = processOf({ who: { pid: 20, command: '' }, state: 'Z', rss: 0 });
  const [course] = reviewOf([snapshotOf([processOf({ who: { pid: 20 } })]), snapshotOf([zombie], 1)]).courses;
  expect([course?.hasEnded, course?.last.rss]).toEqual([true, 10 * MEBIBYTE]);
});

it('Has no empty parts between samples, but for the time in which nothing was recorded', () => {
  const at = (second: number) =>
    snapshotOf([processOf({ who: { pid: 7, startTime: 1 }, rss: second * MEBIBYTE })], second);
  const [course] = reviewOf([1, 3, 5, 15, 17].map(at), 16).courses;
  const gap = Array.from({ length: 9 }, () => Number.NaN);
  expect([...(course?.parts ?? [])].map((rss) => rss / MEBIBYTE)).toEqual([1, 3, 3, 5, 5, ...gap, 15, 17]);
});

it('A large process that ended stays however many small ones run or have ended after it', () => {
  const large = processOf({ who: { pid: 7, startTime: 1 }, rss: 500 * MEBIBYTE });
  const many = (second: number) =>
    Array.from({ length: 4500 }, (_, index) => processOf({ who: { pid: 100 + index, startTime: second } }));
  const { courses } = reviewOf([snapshotOf([large]), ...[1, 2, 3].map((second) => snapshotOf(many(second), second))]);
  expect(courses[0]?.peak.rss).toBe(500 * MEBIBYTE);
  expect(courses.length).toBeLessThan(9000);
});

it('A process without memory of its own is left out, and a zombie has ended', () => {
  const at = (second: number, rss: number, state: string) =>
    snapshotOf(
      [processOf({ who: { pid: 7 }, rss, state }), processOf({ who: { pid: 8 }, rss: 0, state: 'Z' })],
      second,
    );
  const { courses } = reviewOf([at(0, MEBIBYTE, 'S'), at(1, 0, 'Z'), at(2, 0, 'Z')]);
  expect(courses.map(({ who, last, peak, hasEnded }) => [who.pid, last.at - NOON, peak.rss, hasEnded])).toEqual([
    [7, 0, MEBIBYTE, true],
  ]);
});
