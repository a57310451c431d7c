// Who died, of what, and who only ended.
import { describe, expect, it } from 'vitest';
import { Obituaries } from '../../../src/model/oom/obituaries.ts';
import { Tracker } from '../../../src/model/rows/tracker.ts';
import type { Kill } from '../../../src/model/snapshot/oom-kill.ts';
import type { Process, Snapshot, SystemMemory } from '../../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';

const KILL: Kill = {
  type: 'oom-kill',
  time: NOON,
  pid: 9,
  name: 'python3',
  rss: 90 * MEBIBYTE,
  by: 'kernel',
  certainty: 'certain',
  source: 'kmsg',
  verified: true,
};

/** Runs through snapshots two seconds apart and gives what was told of each. */
function run(ticks: readonly (Partial<Snapshot> & { processes: Process[] })[]) {
  const tracker = new Tracker();
  const obituaries = new Obituaries();
  const reported = ticks.map(({ processes, ...more }, tick) => {
    const snapshot = { ...snapshotOf(processes, tick * 2), ...more };
    return obituaries.advance(snapshot, tracker.advance(snapshot, 2000), tracker.timeline);
  });
  return { reported: reported, list: obituaries.list };
}

const victim = (rss: number) => processOf({ who: { pid: 9, name: 'python3', user: 'ubuntu' }, rss: rss * MEBIBYTE });
const others = [1, 2, 3, 4, 5, 6, 7].map((size) => processOf({ who: { pid: 100 + size }, rss: size * MEBIBYTE }));

describe('a kill that the kernel logs', () => {
  it('keeps the curve, the user and what else was large', () => {
    const growing = [10, 40, 70, 90].map((rss) => ({ processes: [victim(rss), ...others] }));
    const { reported, list } = run([...growing, { processes: others, events: [KILL] }]);
    expect(reported.map((kills) => kills.length)).toEqual([0, 0, 0, 0, 1]);
    expect(list[0]?.kill).toMatchObject({ pid: 9, user: 'ubuntu' });
    const curve = list[0]?.curve?.filter((value) => !Number.isNaN(value)) ?? [];
    expect(curve.slice(0, 4)).toEqual([10, 40, 70, 90].map((rss) => rss * MEBIBYTE));
    expect(list[0]?.others?.map(({ pid }) => pid)).toEqual([107, 106, 105, 104, 103]);
  });

  it('is found when its log comes some ticks late', () => {
    const { list } = run([
      { processes: [victim(10)] },
      { processes: [victim(80)] },
      { processes: others },
      { processes: others },
      { processes: others, events: [KILL] },
    ]);
    expect(list[0]?.curve).toBeDefined();
  });

  it('is of another process when only the pid is the same', () => {
    const { list } = run([{ processes: [victim(10)] }, { processes: [], events: [{ ...KILL, name: 'java' }] }]);
    expect(list[0]?.curve).toBeUndefined();
    expect(list[0]?.kill.user).toBeUndefined();
  });
});

const SHORT: SystemMemory = { total: 2048 * MEBIBYTE, available: 100 * MEBIBYTE, swapTotal: 0, swapFree: 0 };
const daemon = processOf({ who: { pid: 50, name: 'earlyoom' }, rss: MEBIBYTE });

describe('a process that vanished without a word', () => {
  it('has just ended, however large it was and however short the memory', () => {
    const { reported, list } = run([
      { processes: [victim(900), ...others], system: SHORT },
      { processes: others, system: SHORT },
    ]);
    expect(reported.flat()).toEqual([]);
    expect(list).toEqual([]);
  });

  it('was probably killed by a daemon that runs, when memory was short and it was the largest', () => {
    const { reported } = run([
      { processes: [victim(900), daemon, ...others], system: SHORT },
      { processes: [daemon, ...others], system: SHORT },
    ]);
    expect(reported.flat()).toMatchObject([{ pid: 9, by: 'earlyoom', certainty: 'probable', source: 'signs' }]);
  });

  it('has just ended when the daemon runs but memory was not short, or a larger one lived', () => {
    const plenty = run([{ processes: [victim(900), daemon] }, { processes: [daemon] }]);
    expect(plenty.reported.flat()).toEqual([]);
    const large = processOf({ who: { pid: 60 }, rss: 1000 * MEBIBYTE });
    const larger = run([
      { processes: [victim(900), daemon, large], system: SHORT },
      { processes: [daemon, large], system: SHORT },
    ]);
    expect(larger.reported.flat()).toEqual([]);
  });

  it('was not killed by a daemon when the kernel says that it was the killer', () => {
    const { reported } = run([
      { processes: [victim(900), daemon], system: SHORT },
      { processes: [daemon], system: SHORT, events: [KILL] },
    ]);
    expect(reported.flat()).toEqual([KILL]);
  });

  it('gave up by itself when its V8 heap was at its limit, and not when the heap was half empty', () => {
    const node = (used: number) =>
      processOf({
        who: { pid: 9, name: 'node' },
        heap: { runtime: 'node', used: used * MEBIBYTE, limit: 100 * MEBIBYTE },
      } as Parameters<typeof processOf>[0]);
    expect(run([{ processes: [node(95)] }, { processes: [] }]).reported.flat()).toMatchObject([
      { by: 'v8', scope: 'heap', limit: 100 * MEBIBYTE, certainty: 'probable' },
    ]);
    expect(run([{ processes: [node(50)] }, { processes: [] }]).reported.flat()).toEqual([]);
  });

  it('a probable kill is replaced by a known one later', () => {
    const { list } = run([
      { processes: [victim(900), daemon], system: SHORT },
      { processes: [daemon] },
      { processes: [daemon], events: [KILL] },
    ]);
    expect(list.map(({ kill }) => kill.certainty)).toEqual(['certain']);
  });
});
