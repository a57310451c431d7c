import { beforeAll, expect, it } from 'vitest';
import { initialState } from '../../src/app/state/state.ts';
import { Tracker } from '../../src/model/rows/tracker.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import type { RecordedFile } from '../../src/recording/recorded-file.ts';
import { frameOf } from '../helpers/frame.ts';
import { Replayed, recordedFileOf } from '../helpers/replayed-states.ts';
import { MEBIBYTE, NOON, snapshotOf } from '../helpers/snapshots.ts';
import { act, dwindling, SETTINGS, serverProcesses } from '../helpers/states.ts';

const TICKS = 90;
const SNAPSHOTS: readonly Snapshot[] = Array.from({ length: TICKS }, (_value, tick) => {
  const { observer: _, ...snapshot } = snapshotOf(serverProcesses(tick), tick * 2, dwindling(tick));
  return snapshot;
});
let recorded: RecordedFile;
beforeAll(async () => {
  recorded = await recordedFileOf(SNAPSHOTS);
});

const at = (tick: number) => NOON + tick * 2000;

it.each([
  [160, 50],
  [80, 24],
  [40, 10],
  [20, 5],
])('A replay at %i×%i', async (columns, rows) => {
  const { state } = new Replayed(recorded, {}, { columns, rows }).act({ type: 'played', time: at(60) });
  await expect(frameOf(state)).toMatchFileSnapshot(`frames/replay.${columns}x${rows}.txt`);
});

it('A replay that was paused by going to an event', async () => {
  const { state } = new Replayed(recorded).act({ type: 'played', time: at(60) }).press('x', 'x', '[');
  await expect(frameOf(state)).toMatchFileSnapshot('frames/replay-paused.80x24.txt');
});

it('The rows of a replay are those that the live view showed at that moment', () => {
  const size = { columns: 160, rows: 50 };
  const tracker = new Tracker();
  let live = initialState(SETTINGS, size);
  const replayed = new Replayed(recorded, {}, size);
  const rowsOf = (frame: string) => {
    const lines = frame.split('\n');
    return lines
      .slice(
        lines.findIndex((line) => line.includes('COMMAND')),
        -1,
      )
      .map((line) => line.trimEnd());
  };
  for (const [tick, snapshot] of SNAPSHOTS.entries()) {
    const rows = tracker.advance(snapshot, 2000);
    live = act(live, { type: 'sampled', view: { snapshot, rows, tracker } }).state;
    replayed.act({ type: 'played', time: at(tick) });
    if (tick % 10 !== 9) continue;
    const [shown, expected] = [frameOf(replayed.state), frameOf(live)].map(rowsOf);
    // The timeline takes a line of the table.
    expect(shown).toEqual(expected?.slice(0, shown?.length));
    expect(shown?.length).toBeGreaterThan(5);
  }
});

it('The pane of OOM kills of a replay has those that were recorded until then', async () => {
  const kill = { type: 'oom-kill', time: at(30), pid: 9122, name: 'python3', rss: 900 * MEBIBYTE } as const;
  const known = { scope: 'machine', by: 'kernel', certainty: 'certain', source: 'kmsg', verified: true } as const;
  const killed = SNAPSHOTS.map((each, tick) => (tick === 30 ? { ...each, events: [{ ...kill, ...known }] } : each));
  const replayed = new Replayed(await recordedFileOf(killed)).act({ type: 'played', time: at(20) }).press('O');
  expect(frameOf(replayed.state)).toContain('No OOM kill was recorded before this moment.');
  replayed.act({ type: 'played', time: at(60) });
  await expect(frameOf(replayed.state)).toMatchFileSnapshot('frames/replay-oom.80x24.txt');
});
