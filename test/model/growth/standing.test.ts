import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../../src/model/growth/growth.ts';
import { Series } from '../../../src/model/history/series.ts';
import { Timeline } from '../../../src/model/history/timeline.ts';
import { MIB } from './readings.ts';

/** Reads a curve by the second and returns, for each second from `from` on, whether it was judged again, and how. */
function judgedFrom(from: number, until: number, value: (second: number) => number) {
  const timeline = new Timeline();
  timeline.advance(0, 1000);
  const series = new Series(timeline, value(0) * MIB);
  const requested: { readonly second: number; readonly isNew: boolean; readonly judgement: Judgement | undefined }[] =
    [];
  let before: Judgement | undefined;
  for (let second = 1; second <= until; second += 1) {
    timeline.advance(second * 1000, 1000);
    series.record(timeline, value(second) * MIB);
    const judgement = series.judgement(timeline);
    if (second >= from) requested.push({ second, isNew: judgement !== before, judgement });
    before = judgement;
  }
  return requested;
}

/** About 500 MiB, never the same twice. */
const noise = (second: number) => 500 + ((second * 7919) % 13) / 4;
const longestWait = (requested: ReturnType<typeof judgedFrom>) => {
  const renewed = requested.filter(({ isNew }) => isNew).map(({ second }) => second);
  return Math.max(...renewed.slice(1).map((second, index) => second - (renewed[index] as number)));
};

describe('a judgement', () => {
  it('of a value that only wanders is valid for more than 4 s and for 15 s at most', () => {
    const wait = longestWait(judgedFrom(600, 700, noise));
    expect(wait).toBeGreaterThan(4);
    expect(wait).toBeLessThanOrEqual(15);
  });

  it('of a growing value is valid for 4 s at most', () => {
    expect(longestWait(judgedFrom(600, 700, (second) => 500 + second))).toBeLessThanOrEqual(4);
  });

  it.each([601, 605, 609, 613])(
    'of a leak that begins after %i s of calm is made within 5 s of its new ground',
    (from) => {
      const requested = judgedFrom(600, 660, (second) => noise(second) + 20 * Math.max(0, second - from));
      const renewed = requested.filter(({ second, isNew }) => isNew && second > from + 1);
      expect(renewed[0]?.second).toBeLessThanOrEqual(from + 6);
      // Ten seconds show its pace, and four more are the longest it takes to be told.
      expect(requested.find(({ second }) => second === from + 15)?.judgement?.growth).toBeGreaterThan(15 * MIB);
    },
  );
});
