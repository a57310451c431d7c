// What is worth going back to.
import { expect, it } from 'vitest';
import { Notable } from '../../../src/model/recall/notable.ts';
import type { Process, Snapshot } from '../../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../../helpers/snapshots.ts';

const small = processOf({ who: { pid: 10 }, rss: 5 * MEBIBYTE });
const sized = (pid: number, size: number, startTime = pid): Process =>
  processOf({ who: { pid, name: 'python3', command: 'python3 load.py', startTime }, rss: size * MEBIBYTE });

function eventsOf(
  samples: readonly (readonly Process[])[],
  change: (snapshot: Snapshot, index: number) => Snapshot = (same) => same,
) {
  const notable = new Notable();
  return samples.flatMap((processes, second) =>
    notable
      .advance(change(snapshotOf(processes, second), second))
      .map(({ time, kind, text }) => `${(time - NOON) / 1000} ${kind}: ${text}`),
  );
}

it('A large process that exits is an event, and a small one is not', () => {
  expect(eventsOf([[small, sized(20, 300)], [small], []])).toEqual([
    '1 exited: python3 load.py (20) exited, it had 300M',
  ]);
});

it('A process that becomes large soon after it started is an event at its start', () => {
  const samples = [
    [small],
    [small, sized(20, 6)],
    [small, sized(20, 40)],
    [small, sized(20, 90)],
    [small, sized(20, 200)],
  ];
  expect(eventsOf(samples)).toEqual(['1 started: python3 load.py (20) started, 90.0M soon after']);
});

it('A process that was there before, or grows slowly, did not start large', () => {
  expect(eventsOf([[sized(20, 10)], [sized(20, 600)]])).toEqual([]);
  const slow = Array.from({ length: 90 }, (_, second) => (second === 0 ? [] : [sized(20, second / 2)]));
  expect(eventsOf(slow)).toEqual([]);
});

it('A reused pid is an exit and a start', () => {
  expect(eventsOf([[sized(20, 300, 1)], [sized(20, 400, 2)]])).toEqual([
    '1 exited: python3 load.py (20) exited, it had 300M',
    '1 started: python3 load.py (20) started, 400M soon after',
  ]);
});

it('A large process that becomes a zombie has exited, once', () => {
  const zombie = { ...sized(20, 0), state: 'Z' };
  expect(eventsOf([[sized(20, 300)], [zombie], [zombie], []])).toEqual([
    '1 exited: python3 load.py (20) exited, it had 300M',
  ]);
});

it('A clock that is set is an event', () => {
  const back = (snapshot: Snapshot, index: number) =>
    index === 0 ? snapshot : { ...snapshot, time: snapshot.time - 60_000 };
  expect(eventsOf([[small], [small], [small]], back)).toEqual(['-59 clock: The clock was set back']);
});
