import { expect, it } from 'vitest';
import { formatReviewSvg } from '../../src/formats/review-svg.ts';
import type { Kill } from '../../src/model/snapshot/oom-kill.ts';
import { MEBIBYTE, processOf, snapshotOf } from '../helpers/snapshots.ts';
import { reviewOf } from '../model/review/reviews.ts';
import { movingSnapshots } from '../recording/moving-snapshots.ts';

it('Has a line for each of the largest processes, named in the legend and in the text alternative', () => {
  const svg = formatReviewSvg(reviewOf(movingSnapshots(30)));
  expect(svg.match(/class="line"/g)?.length).toBe(5);
  expect(svg).toContain('<title>growing (20)</title>');
  expect(svg).toContain('growing (20), peak 129M</text>');
  expect(svg).toMatch(/<desc id="d">Lowest available memory: .*Largest processes by peak: growing \(20\) 129M,/);
});

it('Names of processes cannot leave the text they are in', () => {
  const hostile = processOf({ who: { pid: 9, name: '</title><script>alert("x")</script>&\u001b[31m' } });
  const svg = formatReviewSvg(reviewOf([snapshotOf([hostile], 0), snapshotOf([hostile], 1)]));
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('\u001b');
  expect(svg).toContain('&lt;script&gt;');
});

it('Draws nothing outside of the picture and loads nothing', () => {
  const svg = formatReviewSvg(reviewOf(movingSnapshots(200), 480));
  const numbers = [...svg.matchAll(/ d="([^"]*)"/g)].flatMap(([, path = '']) => path.match(/[\d.]+/g) ?? []);
  expect(Math.max(...numbers.map(Number))).toBeLessThanOrEqual(960);
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|url\(/);
});

it('Marks OOM kills', () => {
  const kill: Omit<Kill, 'time'> = {
    ...({ type: 'oom-kill', pid: 20, name: 'growing', rss: MEBIBYTE, by: 'kernel', certainty: 'certain' } as const),
    ...({ source: 'kmsg', verified: true } as const),
  };
  const snapshots = movingSnapshots(10).map((snapshot, second) =>
    second === 5 ? { ...snapshot, events: [{ ...kill, time: snapshot.time }] } : snapshot,
  );
  expect(formatReviewSvg(reviewOf(snapshots))).toContain('<title>OOM kill: growing</title>');
});
