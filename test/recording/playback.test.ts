import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Playback } from '../../src/recording/playback.ts';
import { Recorder } from '../../src/recording/recorder.ts';
import { NOON } from '../helpers/snapshots.ts';
import { movingSnapshots } from './moving-snapshots.ts';

const SNAPSHOTS = movingSnapshots(650);
let folder = '';
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-playback-'));
  const recorder = new Recorder(file('whole'), {});
  for (const snapshot of SNAPSHOTS) await recorder.add(snapshot);
  await recorder.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is played of these bytes. */
function played(bytes: Uint8Array) {
  writeFileSync(file('changed'), bytes);
  const playback = new Playback(file('changed'));
  return { snapshots: [...playback.snapshots()], loss: playback.loss };
}

it('Playing from a time begins in the part that contains it', () => {
  const playback = new Playback(file('whole'));
  const [first] = playback.snapshots({ from: NOON + 400_000 });
  expect(first?.time).toBe(NOON + 300_000);
  expect([playback.begin, playback.end]).toEqual([NOON, NOON + 649_000]);
  expect([...playback.snapshots({ to: NOON + 5000 })]).toHaveLength(6);
});

it.each([
  ['of a newer version', '{"version":2,"time":"2026-11-28T00:00:00.000Z","processes":[]}\n', 'newer version'],
  ['that is empty', '', 'is empty'],
  ['with other content', 'PID USER', 'is not a recording'],
])('A file %s is refused', (_, text, sentence) => {
  writeFileSync(file('other'), text);
  expect(() => [...new Playback(file('other')).snapshots()]).toThrow(sentence);
});

it('A folder and a name without a file are refused', () => {
  mkdirSync(file('folder'));
  expect(() => new Playback(file('folder'))).toThrow('is not a regular file');
  expect(() => new Playback(file('nothing'))).toThrow('does not exist');
});

it('Documents of -o ndjson are played, compressed or not', () => {
  const process = {
    ...{ pid: 9, ppid: 1, startedAt: '2026-11-28T00:00:00.000Z', name: 'node', command: 'node a.js', user: 'me' },
    ...{ state: 'S', rss: 1000, virtual: 2000, threads: 3 },
  };
  const lines = [1, 2].map((second) => ({
    ...{ version: 1, time: `2026-11-28T00:00:0${second}.000Z`, host: { name: 'h', platform: 'linux', kernel: '6' } },
    system: {
      total: 9000,
      swapTotal: 100,
      swapUsed: 30,
      limit: 500,
      limitUsed: 200,
      limitCharged: 300,
      limitCgroup: '/a',
    },
    ...{ processes: [{ ...process, cpuPercent: 50 }], events: [], gaps: [] },
  }));
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  for (const bytes of [Buffer.from(text), gzipSync(text)]) {
    const { snapshots, loss } = played(bytes);
    expect(loss).toEqual({ damage: [], hasUnverifiedTail: false, clock: [] });
    expect(snapshots.map(({ time }) => new Date(time).getUTCSeconds())).toEqual([1, 2]);
    expect(snapshots[1]?.processes[0]).toMatchObject({ rss: 1000, cpuTime: 500, sinceLastRead: 1000 });
    expect(snapshots[1]?.system).toMatchObject({
      swapFree: 70,
      limit: { path: '/a', charged: 300, unreclaimable: 200 },
    });
  }
});

it('A recording of version 1 that was made by an earlier memtop stays readable', () => {
  const { snapshots, loss } = played(readFileSync('test/fixtures/recordings/version-1.rec'));
  expect(loss).toEqual({ damage: [], hasUnverifiedTail: false, clock: [] });
  expect(snapshots).toHaveLength(320);
  expect(snapshots.at(-1)?.processes.map(({ who, rss }) => [who.pid, who.name, rss / 2 ** 20])).toEqual([
    [20, 'growing', 419],
    [30, 'resting', 40],
  ]);
});
