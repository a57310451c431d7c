import { beforeAll, expect, it } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import type { RecordedFile } from '../../src/recording/recorded-file.ts';
import { recordedFileOf } from '../helpers/replayed-states.ts';
import { NOON } from '../helpers/snapshots.ts';
import { movingSnapshots } from './moving-snapshots.ts';

const SNAPSHOTS = movingSnapshots(700);
let recorded: RecordedFile;
beforeAll(async () => {
  recorded = await recordedFileOf(SNAPSHOTS);
});

const at = (second: number) => NOON + second * 1000;
const secondsOf = (snapshots: readonly Snapshot[]) => snapshots.map(({ time }) => (time - NOON) / 1000);

it('Has the range and the samples next to a time', () => {
  expect(recorded.range).toEqual({ begin: NOON, end: at(699) });
  expect(recorded.sampleAt(at(10) + 400)).toBe(at(10));
  expect(recorded.sampleAt(NOON - 5000)).toBe(NOON);
  expect([recorded.sampleBefore(at(10)), recorded.sampleAfter(at(10))]).toEqual([at(9), at(11)]);
  expect([recorded.sampleBefore(NOON), recorded.sampleAfter(at(699))]).toEqual([undefined, undefined]);
});

it('Has the samples between two times as they were recorded, also across parts of the file', () => {
  expect(recorded.between(at(297), at(302))).toEqual(SNAPSHOTS.slice(298, 303));
  expect(recorded.between(at(699), at(800))).toEqual([]);
});

it('Has what leads to a sample: every one of three minutes, and before that one in fifteen seconds', () => {
  const leading = secondsOf(recorded.leadingTo(at(400)));
  expect(leading.slice(-180)).toEqual(Array.from({ length: 180 }, (_, index) => 221 + index));
  expect(leading.slice(0, 3)).toEqual([0, 15, 30]);
  expect(recorded.leadingTo(at(400)).at(-1)).toEqual(SNAPSHOTS[400]);
});

it('Has the memory in use along a stretch of time', () => {
  expect(recorded.usage(NOON, at(699), 3)).toEqual([0, 0, 0].map(() => expect.closeTo(1 - 281 / 2048)));
});

it('Where the clock was set back, times go on rising, and that is an event', async () => {
  const jumped = movingSnapshots(20).map((snapshot, index) => {
    return index < 10 ? snapshot : { ...snapshot, time: snapshot.time - 3_600_000 };
  });
  const shifted = await recordedFileOf(jumped);
  expect(shifted.range).toEqual({ begin: NOON, end: at(19) });
  expect(secondsOf(shifted.between(NOON - 1, at(30)))).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(shifted.events.map(({ kind, time }) => [kind, time])).toEqual([['clock', at(10)]]);
});
