// Snapshots of a small machine in which something moves from second to second, made from a number and nothing else.
import type { Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, NOON, processOf, snapshotOf } from '../helpers/snapshots.ts';

/** The same with more time between two samples: members of five minutes have few of them. */
export function sparseSnapshots(count: number, seconds: number): readonly Snapshot[] {
  return movingSnapshots(count).map((snapshot, index) => {
    return { ...snapshot, time: NOON + index * seconds * 1000, monotonic: index * seconds * 1000 };
  });
}

/** One snapshot a second: a process grows, one rests, and every tenth second one begins and ends. */
export function movingSnapshots(count: number): readonly Snapshot[] {
  const resting = processOf({ who: { pid: 30, name: 'resting' }, rss: 40 * MEBIBYTE });
  return Array.from({ length: count }, (_value, second) => {
    const growing = processOf({
      who: { pid: 20, name: 'growing' },
      rss: (100 + second) * MEBIBYTE,
      cpuTime: second * 120,
      ...(second > 0 && { sinceLastRead: 1000 }),
    });
    const passing = processOf({ who: { pid: 40, startTime: second, name: `passing${second}` }, cpuTime: 0 });
    const { observer: _, ...snapshot } = snapshotOf(
      [growing, resting, ...(second % 10 === 3 ? [passing] : [])],
      second,
    );
    return snapshot;
  });
}
