// The flight recorder: samples come back as they were, within a fixed amount of memory.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Process, Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { FlightRecorder } from '../../src/recording/flight-recorder.ts';
import { Playback } from '../../src/recording/playback.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../helpers/snapshots.ts';
import { movingSnapshots } from './moving-snapshots.ts';

const MINUTE = 60_000;

function recorded(snapshots: Iterable<Snapshot>): FlightRecorder {
  const recorder = new FlightRecorder();
  for (const snapshot of snapshots) recorder.add(snapshot);
  return recorder;
}

/** A machine of N processes, of which a part moves every second; `pick` gives numbers from 0 to 1. */
function* busy(seconds: number, count: number, moving: number): Generator<Snapshot> {
  let seed = 7;
  const pick = () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return seed / 2 ** 32;
  };
  let processes: Process[] = Array.from({ length: count }, (_, index) =>
    processOf({ who: { pid: index + 10, command: `/usr/bin/worker${index} --port ${index}` }, rss: pick() * 2 ** 28 }),
  );
  for (let second = 0; second < seconds; second += 1) {
    processes = processes.map((process) => {
      if (pick() >= moving) return process;
      const rss = process.rss + Math.round((pick() - 0.5) * 100) * 4096;
      return { ...process, rss, cpuTime: (process.cpuTime ?? 0) + 10, sinceLastRead: 1000 + pick() };
    });
    const { observer: _, ...snapshot } = snapshotOf(processes, second);
    yield snapshot;
  }
}

describe('every sample of the last half hour', () => {
  const snapshots = movingSnapshots(1700);
  const recorder = recorded(snapshots);

  it('comes back as it was', () => {
    expect(recorder.between(0, Number.POSITIVE_INFINITY)).toEqual(snapshots);
  });

  it('is found from its neighbours, back and forth', () => {
    const times = snapshots.map(({ time }) => time);
    const forth = times.map((time) => recorder.sampleAfter(time));
    expect(forth).toEqual([...times.slice(1), undefined]);
    expect(times.map((time) => recorder.sampleBefore(time))).toEqual([undefined, ...times.slice(0, -1)]);
    expect(recorder.range).toEqual({ begin: times[0], end: times.at(-1) });
  });

  it('is found from any time: the last one before it, or the first of all', () => {
    expect(recorder.sampleAt(NOON + 90_500)).toBe(NOON + 90_000);
    expect(recorder.sampleAt(NOON - 5 * MINUTE)).toBe(NOON);
    expect(recorder.sampleAt(NOON + 100 * MINUTE)).toBe(recorder.range?.end);
  });

  it('has the samples that lead to it, the nearest ones whole', () => {
    const time = NOON + 1000_000;
    const leading = recorder.leadingTo(time);
    expect(leading.at(-1)).toEqual(snapshots[1000]);
    expect(leading.slice(-100)).toEqual(snapshots.slice(901, 1001));
    expect(leading[0]?.time).toBeLessThanOrEqual(time - 14 * MINUTE);
    const times = leading.map((snapshot) => snapshot.time);
    expect(times).toEqual([...new Set(times)].sort());
  });
});

it('Samples are added while they are read', () => {
  const snapshots = movingSnapshots(30);
  const recorder = new FlightRecorder();
  for (const [index, snapshot] of snapshots.entries()) {
    recorder.add(snapshot);
    expect(recorder.between(0, Number.POSITIVE_INFINITY)).toEqual(snapshots.slice(0, index + 1));
  }
});

it('300 processes every second take at most 4 MiB, with the last half hour whole and hours before it', () => {
  const recorder = recorded(busy(2400, 300, 0.12));
  expect(recorder.bytes).toBeLessThan(4 * MEBIBYTE);
  const { begin = 0, end = 0 } = recorder.range ?? {};
  expect(begin).toBe(NOON);
  const samples = recorder.between(end - 28 * MINUTE, end);
  expect(samples).toHaveLength(28 * 60);
  const before = recorder.between(begin, end - 35 * MINUTE).map(({ time }) => time - begin);
  expect(before.slice(0, 3)).toEqual([10_000, 20_000, 30_000]);
});

describe('where memory is short', () => {
  const kill = {
    type: 'oom-kill',
    time: NOON + 5000,
    pid: 12,
    name: 'python3',
    by: 'kernel',
    certainty: 'certain',
    source: 'kmsg',
    verified: true,
  } as const;
  let recorder = new FlightRecorder();
  beforeAll(() => {
    for (const snapshot of busy(1900, 300, 0.95)) {
      recorder.add(snapshot.time === kill.time ? { ...snapshot, events: [kill] } : snapshot);
    }
  });
  afterAll(() => {
    recorder = new FlightRecorder();
  });

  it('older detail is thinned before it is dropped', () => {
    expect(recorder.bytes).toBeLessThan(4 * MEBIBYTE);
    expect(recorder.range).toEqual({ begin: NOON, end: NOON + 1899_000 });
    expect(recorder.between(NOON + 1839_000, NOON + 1899_000)).toHaveLength(60);
    const oldest = recorder.between(NOON, NOON + 5 * MINUTE);
    expect(oldest.length).toBeGreaterThan(3);
    expect(oldest.length).toBeLessThan(60);
  });

  it('an OOM kill in a sample that was left out is in the next one that is there', () => {
    const first = recorder.between(0, NOON + 2 * MINUTE);
    expect(first.map(({ time }) => time)).not.toContain(kill.time);
    expect(first.flatMap(({ events = [] }) => events)).toEqual([kill]);
    const text = 'OOM kill: python3 (12)';
    expect(recorder.events).toContainEqual({ time: kill.time, kind: 'oom-kill', text, kill });
  });
});

it('A clock that is set back moves what was recorded, so that it is as long ago as it was', () => {
  const hour = 60 * MINUTE;
  const snapshots = movingSnapshots(20).map((snapshot, second) =>
    second < 10 ? snapshot : { ...snapshot, time: snapshot.time - hour },
  );
  const recorder = recorded(snapshots);
  const times = recorder.between(0, Number.POSITIVE_INFINITY).map(({ time }) => time - NOON + hour);
  expect(times).toEqual(snapshots.map((_, second) => second * 1000));
  expect(recorder.events).toContainEqual({ time: NOON - hour + 10_000, kind: 'clock', text: 'The clock was set back' });
});

it('Memory in use is the highest of each cell of a timeline, and not known where nothing was sampled', () => {
  const used = (fraction: number) => ({ total: 1000, available: 1000 * (1 - fraction) });
  const fractions = [0.1, 0.2, 0.9, 0.3];
  const recorder = recorded(fractions.map((fraction, index) => snapshotOf([], index * 10, used(fraction))));
  const cells = recorder.usage(NOON - 20_000, NOON + 40_000, 6).map((value) => Math.round(value * 100));
  expect(cells).toEqual([Number.NaN, Number.NaN, 10, 20, 90, 30]);
});

describe('the file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'memtop-flight-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a recording that is played whole', () => {
    const snapshots = movingSnapshots(1700);
    const path = join(folder, 'whole');
    writeFileSync(path, recorded(snapshots).file());
    const playback = new Playback(path);
    expect([...playback.snapshots()]).toEqual(snapshots);
    expect(playback.loss).toMatchObject({ damage: [], hasUnverifiedTail: false });
  });

  it('has the sparse samples of what was thinned first, each time once', () => {
    const path = join(folder, 'thinned');
    const recorder = recorded(busy(2100, 300, 0.1));
    writeFileSync(path, recorder.file());
    const playback = new Playback(path);
    const times = [...playback.snapshots()].map(({ time }) => time);
    expect(times).toEqual(recorder.between(0, Number.POSITIVE_INFINITY).map(({ time }) => time));
    expect(playback.loss.damage).toEqual([]);
  });
});
