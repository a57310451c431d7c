import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.ts';
import { Encoder } from '../../src/formats/recording/encoder.ts';
import { perform } from '../../src/main.ts';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { Content, findHeader, headerOf } from '../../src/recording/member.ts';
import { Playback } from '../../src/recording/playback.ts';
import { Recorder } from '../../src/recording/recorder.ts';
import { fakeContext } from '../helpers/fake-context.ts';
import { NOON } from '../helpers/snapshots.ts';
import { sparseSnapshots } from './moving-snapshots.ts';

/** 35 minutes: seven members with four samples each. */
const STEP = 75;
const SNAPSHOTS = sparseSnapshots(28, STEP);
/** What is played of the undamaged recording, as text: comparing thousands of objects would take minutes. */
const recorded: string[] = [];
/** More in `npm run soak`. */
const RUNS = process.env['MEMTOP_LONG_TESTS'] === undefined ? 500 : 5000;
const LONGEST = 600_000;

let folder = '';
let whole = Buffer.alloc(0);
/** Where each member begins. */
const places: number[] = [];
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-damage-'));
  const recorder = new Recorder(file('whole'), {});
  for (const snapshot of SNAPSHOTS) await recorder.add(snapshot);
  await recorder.close();
  whole = readFileSync(file('whole'));
  const snapshots = [...new Playback(file('whole')).snapshots()];
  expect(snapshots).toEqual(SNAPSHOTS);
  recorded.push(...snapshots.map(textOf));
  for (let at = findHeader(whole); at >= 0; at = findHeader(whole, at + 1)) places.push(at);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is played of these bytes, as a whole and from a time on; undefined when they are refused with a sentence. */
function played(bytes: Uint8Array, from: number) {
  writeFileSync(file('changed'), bytes);
  try {
    const playback = new Playback(file('changed'));
    expect(playback.end).toBeGreaterThanOrEqual(playback.begin);
    const snapshots = [...playback.snapshots()];
    const { loss } = playback;
    const later = [...new Playback(file('changed')).snapshots({ from })];
    return { snapshots, later, loss };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const flipped = (at: number, bit: number, bytes = whole) => {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << bit), at);
  return copy;
};
const textOf = (snapshot: Snapshot) => JSON.stringify(snapshot);
const textsOf = (snapshots: readonly Snapshot[]) => snapshots.map(textOf);
const timeAt = (second: number) => NOON + second * 1000;
const anyTime = fc.integer({ min: 0, max: SNAPSHOTS.length * STEP }).map(timeAt);

it('The recording that is damaged here has seven members', () => expect(places).toHaveLength(7));

it(
  `Cut at any of ${RUNS} bytes, everything before the cut is played, and an end without a checksum is not verified`,
  () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), anyTime, (cut, from) => {
        const result = played(whole.subarray(0, cut), from);
        // Before the first line is whole there is nothing to play.
        if (result === undefined) {
          expect(cut).toBeLessThan(places[1] ?? 0);
          return;
        }
        const { snapshots, later, loss } = result;
        expect(textsOf(snapshots)).toEqual(recorded.slice(0, snapshots.length));
        expect(textsOf(later)).toEqual(recorded.slice(snapshots.length - later.length, snapshots.length));
        expect(later[0]?.time).toBeLessThanOrEqual(Math.max(from, NOON));
        expect(loss.damage).toEqual([]);
        expect(loss.hasUnverifiedTail).toBe(cut !== whole.length && !places.includes(cut));
      }),
      { numRuns: RUNS },
    );
  },
  LONGEST,
);

it(
  `With one of ${RUNS} bits flipped, nothing is shown that was not recorded, and what is missing is named`,
  () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), fc.nat(7), anyTime, (at, bit, from) => {
        const result = played(flipped(at, bit), from);
        if (result === undefined) throw new Error('Only damage to a part: the others must be played.');
        const { snapshots, later, loss } = result;
        if (!loss.hasUnverifiedTail) {
          for (const text of textsOf([...snapshots, ...later])) expect(recorded.includes(text)).toBe(true);
        }
        const isWhole = snapshots.length === SNAPSHOTS.length;
        expect(isWhole || loss.damage.length > 0 || loss.hasUnverifiedTail).toBe(true);
        // One member at most is lost, and playing from a time has what is there.
        expect(snapshots.length).toBeGreaterThanOrEqual(SNAPSHOTS.length - 4);
        const since = (played: readonly Snapshot[]) => textsOf(played.filter(({ time }) => time >= from));
        expect(since(later)).toEqual(since(snapshots));
      }),
      { numRuns: RUNS },
    );
  },
  LONGEST,
);

it('The times between which samples are lost are named, and the rest is shown', () => {
  const [, second = 0] = places;
  const { snapshots, loss } = played(flipped(second + 100, 3), NOON) ?? expect.fail();
  expect(snapshots).toEqual(SNAPSHOTS.filter((_, index) => index < 4 || index >= 8));
  const [before, after] = [3, 8].map((index) => new Date(timeAt(index * STEP)).toLocaleString('sv'));
  expect(loss.damage).toEqual([`${file('changed')}: 1 damaged part is left out (between ${before} and ${after}).`]);
});

it('A member whose header was changed is named as lost, too', () => {
  const [, , third = 0] = places;
  const { snapshots, loss } = played(flipped(third + 3, 0), NOON) ?? expect.fail();
  expect(snapshots).toHaveLength(24);
  expect(loss.damage).toEqual([expect.stringContaining('1 damaged part is left out (between ')]);
});

it('The time in a header is not trusted: that of the first snapshot of the member counts', () => {
  const [, , third = 0] = places;
  for (const bit of [0, 7]) {
    for (let byte = 16; byte < 24; byte += 1) {
      const changed = flipped(third + byte, bit);
      for (const index of [3, 7, 8, 10, 12, 18]) {
        const { later, loss } = played(changed, timeAt(index * STEP)) ?? expect.fail();
        expect(later.find(({ time }) => time >= timeAt(index * STEP))).toEqual(SNAPSHOTS[index]);
        expect(loss.damage).toEqual([]);
      }
    }
  }
});

/** A member whose compressed data contain what looks like headers: stored as it is, behind the last line. */
function withFalseHeaders(snapshot: Snapshot, times: readonly number[]): Buffer {
  const line = Buffer.from(new Encoder().whole(snapshot));
  const content = Buffer.concat([line, ...times.map((time) => headerOf(time))]);
  const checked = new Content();
  checked.add(content);
  return Buffer.concat([headerOf(snapshot.time), deflateRawSync(content, { level: 0 }), checked.trailer]);
}

it.each([1, 3])('Data that look like %i headers are told from members by their content', (count) => {
  const times = Array.from({ length: count }, (_, index) => NOON + 1000 * (index + 1));
  const [first, second, third] = SNAPSHOTS as [Snapshot, Snapshot, Snapshot];
  const bytes = Buffer.concat([first, second, third].map((snapshot) => withFalseHeaders(snapshot, times)));
  for (const from of [NOON, NOON + 1500, second.time, third.time + 1]) {
    const { snapshots, later, loss } = played(bytes, from) ?? expect.fail();
    expect(loss).toEqual({ damage: [], hasUnverifiedTail: false, clock: [] });
    expect(snapshots.map(({ time }) => time)).toEqual([first.time, second.time, third.time]);
    expect(later.at(-1)?.time).toBe(third.time);
    expect(later[0]?.time).toBeLessThanOrEqual(from);
  }
  // Also where the recorder was killed behind it.
  const { snapshots, loss } = played(bytes.subarray(0, bytes.length - 4), NOON) ?? expect.fail();
  expect([snapshots.length, loss.hasUnverifiedTail, loss.damage.length]).toEqual([3, true, 0]);
});

it('After a line that was lost from a stream of changes, nothing is shown until the next whole snapshot', () => {
  const text = gunzipped(whole).split('\n');
  text[2] = text[2]?.replace('"rss":', '"rss":x') ?? '';
  const { snapshots, loss } = played(Buffer.from(text.join('\n')), NOON) ?? expect.fail();
  expect(snapshots).toEqual(SNAPSHOTS.filter((_, index) => index < 2 || index >= 4));
  expect(loss.damage).toHaveLength(1);
});

it('A compressed stream that was cut is shown up to there, and one with a wrong checksum is not', () => {
  const text = gunzipped(whole);
  const stream = gzipSync(text);
  const cut = played(stream.subarray(0, stream.length - 40), NOON) ?? expect.fail();
  expect(cut.snapshots).toEqual(SNAPSHOTS.slice(0, cut.snapshots.length));
  expect(cut.snapshots.length).toBeGreaterThan(20);
  expect(cut.loss).toMatchObject({ damage: [], hasUnverifiedTail: true });
  expect(played(flipped(stream.length - 6, 0, stream), NOON)).toBeUndefined();
});

it('Where the clock was set back, all samples are played, and that it was is named', async () => {
  const jumped = SNAPSHOTS.map((snapshot, index) => {
    return index < 16 ? snapshot : { ...snapshot, time: snapshot.time - 15 * 60_000 };
  });
  rmSync(file('jumped'), { force: true });
  const recorder = new Recorder(file('jumped'), {});
  for (const snapshot of jumped) await recorder.add(snapshot);
  await recorder.close();
  const playback = new Playback(file('jumped'));
  expect([...playback.snapshots()]).toEqual(jumped);
  const { loss } = playback;
  const since = new Date(timeAt(15 * STEP)).toLocaleString('sv');
  expect(loss).toEqual({
    damage: [],
    hasUnverifiedTail: false,
    clock: [`The clock was set back by 825s after ${since}.`],
  });
  // Both stretches of that time.
  const [from, to] = [timeAt(5 * STEP), timeAt(6 * STEP)];
  const stretch = [...playback.snapshots({ from, to })].filter(({ time }) => time >= from);
  expect(stretch.map(({ monotonic }) => monotonic / 1000 / STEP)).toEqual([5, 6, 17, 18]);
  const context = fakeContext();
  expect(await perform(['replay', file('jumped'), '-o', 'csv', '-c', 'pid', '-p', '30'], context)).toBe(0);
  expect(context.printed.join('').trim().split('\n')).toHaveLength(29);
  expect(context.warned).toEqual(loss.clock);
});

it.each([
  ['an empty file', Buffer.alloc(0), 'is empty'],
  ['text', Buffer.from('PID USER\n'), 'is not a recording'],
  ['JSON of another program', Buffer.from('{"version":1,"packages":{}}\n'), 'is not a recording'],
  ['JSON on several lines', Buffer.from('{\n  "version": 1\n}\n'), 'is not a recording'],
  ['a compressed file of another program', gzipSync('PID USER\n'), 'is not a recording'],
  ['the first bytes of a recording', headerOf(NOON).subarray(0, 20), 'is empty'],
  ['a header alone', headerOf(NOON), 'ends before its first sample'],
  ['a stream of a newer version', Buffer.from('{"version":2,"time":"2026-11-28T00:00:00Z","processes":[]}\n'), 'newer'],
])('Replay refuses %s with a sentence and exit code 2', async (_, bytes, sentence) => {
  writeFileSync(file('other'), bytes);
  const refused = perform(['replay', file('other'), '-o', 'ndjson'], fakeContext());
  await expect(refused).rejects.toThrow(UserError);
  await expect(refused).rejects.toThrow(sentence);
});

it('Replay refuses a folder and a name without a file with a sentence', async () => {
  await expect(perform(['replay', folder], fakeContext())).rejects.toThrow('is not a regular file');
  await expect(perform(['replay', file('missing')], fakeContext())).rejects.toThrow('does not exist');
});

/** The lines of all members. */
const gunzipped = (bytes: Uint8Array) => gunzipSync(bytes).toString();
