import { beforeAll, expect, it } from 'vitest';
import type { RecordedFile } from '../../../src/recording/recorded-file.ts';
import { Replayed, recordedFileOf } from '../../helpers/replayed-states.ts';
import { NOON } from '../../helpers/snapshots.ts';
import { movingSnapshots } from '../../recording/moving-snapshots.ts';

let recorded: RecordedFile;
beforeAll(async () => {
  recorded = await recordedFileOf(movingSnapshots(60));
});

const secondOf = ({ state }: Replayed) => ((state.view?.snapshot.time ?? 0) - NOON) / 1000;
const at = (second: number) => NOON + second * 1000;

it('z pauses and plays, and at the end plays from the start', () => {
  const replayed = new Replayed(recorded).act({ type: 'played', time: at(5) });
  expect([secondOf(replayed), replayed.state.replay?.isPlaying]).toEqual([5, true]);
  expect(replayed.press('z').state.replay?.isPlaying).toBe(false);
  replayed.act({ type: 'played', time: at(9) });
  expect(secondOf(replayed)).toBe(5);
  replayed.press('z', ')').press('z');
  expect([secondOf(replayed), replayed.state.replay?.isPlaying]).toEqual([0, true]);
});

it('At the end of the recording it stops with a notice', () => {
  const { state } = new Replayed(recorded).act({ type: 'played', time: undefined });
  expect([state.replay?.isPlaying, state.notice]).toEqual([false, 'End of the recording: z plays it again']);
});

it('x goes through the speeds', () => {
  const replayed = new Replayed(recorded);
  const speeds = [1, 2, 3, 4].map(() => replayed.press('x').state.replay?.speed);
  expect(speeds).toEqual([2, 10, 60, 1]);
});

it('A key that goes to another moment pauses there', () => {
  const replayed = new Replayed(recorded).act({ type: 'played', time: at(30) }).press('[');
  expect([secondOf(replayed), replayed.state.replay?.isPlaying]).toEqual([29, false]);
  replayed.press('J', ...'-10s', 'enter');
  expect(secondOf(replayed)).toBe(49);
});

it('n goes to the next match of a search in the sample that is shown', () => {
  const replayed = new Replayed(recorded).act({ type: 'played', time: at(13) });
  replayed.press('f3', ...'ing', 'enter', 'n');
  expect(replayed.state.shown[replayed.state.cursor]?.process.who.name).toBe('resting');
});

it('No key acts on a process', () => {
  const { state } = new Replayed(recorded).press('K');
  expect([state.mode.kind, state.notice]).toEqual(['table', 'K: a replay acts on no process']);
});
