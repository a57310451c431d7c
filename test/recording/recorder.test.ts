import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { Playback } from '../../src/recording/playback.ts';
import { type Limits, Recorder } from '../../src/recording/recorder.ts';
import { NOON } from '../helpers/snapshots.ts';
import { movingSnapshots } from './moving-snapshots.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-recorder-'));
  path = join(folder, 'a.rec');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function record(snapshots: readonly Snapshot[], limits: Limits = {}): Promise<Recorder> {
  const recorder = new Recorder(path, limits);
  for (const snapshot of snapshots) await recorder.add(snapshot);
  await recorder.close();
  return recorder;
}

/** Without the clock, which goes on from one run of the recorder to the next. */
const withoutClock = ({ monotonic: _, ...rest }: Snapshot) => rest;
const played = () => [...new Playback(path).snapshots()];

it('What was recorded is played back as it was, and other programs can decompress it', async () => {
  const snapshots = movingSnapshots(700);
  const { samples, written } = await record(snapshots);
  expect(played()).toEqual(snapshots);
  expect([samples, written]).toEqual([700, statSync(path).size]);
  const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n');
  expect(lines).toHaveLength(700);
  // One whole snapshot every five minutes.
  expect(lines.filter((line) => 'version' in JSON.parse(line))).toHaveLength(3);
});

it('A recording is readable by its owner only', async () => {
  await record(movingSnapshots(1));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('A recorder that is started again goes on at the end', async () => {
  const snapshots = movingSnapshots(20);
  await record(snapshots.slice(0, 10));
  const { hasMended } = await record(snapshots.slice(10));
  expect(hasMended).toBe(false);
  expect(played()).toEqual(snapshots);
});

it('After a crash at any byte the recording goes on, loses the sample that was being written, and decompresses', async () => {
  const snapshots = movingSnapshots(12);
  const recorder = new Recorder(path, {});
  const sizes: number[] = [];
  for (const snapshot of snapshots) {
    await recorder.add(snapshot);
    sizes.push(statSync(path).size);
  }
  const bytes = readFileSync(path);
  for (let cut = 1; cut < bytes.length; cut += 7) {
    writeFileSync(path, bytes.subarray(0, cut));
    const whole = sizes.filter((size) => size <= cut).length;
    // Less than a header does not look like a recording any more.
    if (cut < 24) continue;
    const { hasMended } = await record(snapshots.slice(10));
    expect(hasMended).toBe(true);
    expect(gunzipSync(readFileSync(path)).toString().trim().split('\n')).toHaveLength(whole + 2);
    expect(played().map(withoutClock)).toEqual(
      [...snapshots.slice(0, whole), ...snapshots.slice(10)].map(withoutClock),
    );
  }
});

it('A damaged last member gets no checksum that would make it look right', async () => {
  await record(movingSnapshots(12));
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(400) ^ 1, 400);
  writeFileSync(path, bytes);
  const { hasMended } = await record(movingSnapshots(3));
  expect(hasMended).toBe(false);
  const playback = new Playback(path);
  expect([...playback.snapshots()]).toEqual(movingSnapshots(3));
  expect(playback.loss.damage).toEqual([`${path}: 1 damaged part is left out (before 2026-11-22 14:00:00).`]);
});

it('With a maximum age, files that are old enough are put aside and removed', async () => {
  await record(movingSnapshots(100), { age: 80_000 });
  // The samples are of a day long past, but the files were written just now: none of them is too old.
  expect(readdirSync(folder)).toHaveLength(10);
  expect(played()).toEqual(movingSnapshots(100));
  expect(statSync(path).size).toBeLessThan(statSync(`${path}.1`).size + 1000);
});

it('With a maximum size, the oldest files are removed', async () => {
  const size = 8000;
  const snapshots = movingSnapshots(400);
  await record(snapshots, { size });
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  expect(sizes.reduce((sum, each) => sum + each, 0)).toBeLessThan(size * 1.25);
  const times = played().map(({ time }) => time);
  expect(times.at(-1)).toBe(NOON + 399_000);
  // No gap within what is left.
  expect(times.every((time, index) => index === 0 || time - (times[index - 1] ?? 0) === 1000)).toBe(true);
});

it('A file with other content is refused, and stays as it is', async () => {
  writeFileSync(path, 'my letters');
  expect(() => new Recorder(path, {})).toThrow('is not a recording of memtop.');
  expect(readFileSync(path, 'utf8')).toBe('my letters');
});

it('A folder is refused, and a file that a symbolic link leads to is left as it is', () => {
  const target = join(folder, 'letters');
  writeFileSync(target, 'my letters');
  symlinkSync(target, path);
  expect(() => new Recorder(path, {})).toThrow('is not a recording of memtop.');
  expect(readFileSync(target, 'utf8')).toBe('my letters');
  expect(() => new Recorder(folder, {})).toThrow();
});

it('When another program changes the file, recording ends with a sentence', async () => {
  const [first, second] = movingSnapshots(2) as [Snapshot, Snapshot];
  const recorder = new Recorder(path, {});
  await recorder.add(first);
  truncateSync(path, 30);
  await expect(recorder.add(second)).rejects.toThrow('Another program writes to');
});
