// Twenty minutes of a machine on which much happens: a leak, an OOM kill, collections, a pause of the recorder, odd names.
import type { Process, Snapshot } from '../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE, processOf, snapshotOf } from '../helpers/snapshots.ts';

const SECONDS = 1200;

/** When the kill is, and when nothing is recorded. */
const KILL_AT = 600;
const PAUSE = { from: 800, to: 860 };

const HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';

/** One snapshot a second. */
export function eventfulSnapshots(): readonly Snapshot[] {
  const seconds = Array.from({ length: SECONDS + 1 }, (_, second) => second);
  return seconds
    .filter((second) => second < PAUSE.from || second > PAUSE.to)
    .map((second) => {
      const { observer: _, ...snapshot } = snapshotOf(
        [leak(second), ...victim(second), collector(second), ...others],
        second,
      );
      return second === KILL_AT ? { ...snapshot, events: [kill(snapshot.time)] } : snapshot;
    });
}

function leak(second: number): Process {
  const who = { pid: 20, name: 'leak', command: 'node leak.js' };
  return processOf({ who, rss: (100 + second) * MEBIBYTE });
}

function victim(second: number): readonly Process[] {
  const who = { pid: 50, name: 'victim', command: 'victim --greedy' };
  return second < KILL_AT ? [processOf({ who, rss: (50 + second / 2) * MEBIBYTE })] : [];
}

/** Its heap rises for a minute and is collected. */
function collector(second: number): Process {
  const used = (20 + (second % 60)) * MEBIBYTE;
  const count = Math.floor(second / 60);
  const heap = { runtime: 'node', used, gc: { count, time: count * 3 } } as const;
  return processOf({
    who: { pid: 60, name: 'collector', command: 'node collector.js' },
    rss: used + 40 * MEBIBYTE,
    heap,
  });
}

const others: readonly Process[] = [
  processOf({ who: { pid: 70, name: HOSTILE, command: `${HOSTILE} \u202e` }, rss: 9 * MEBIBYTE }),
  ...Array.from({ length: 100 }, (_, index) =>
    processOf({ who: { pid: 100 + index, name: `worker${index}` }, rss: (30 - index / 5) * MEBIBYTE }),
  ),
];

function kill(time: number) {
  const what = { type: 'oom-kill', pid: 50, name: 'victim', rss: 350 * MEBIBYTE, scope: 'machine' } as const;
  return { ...what, time, by: 'kernel', certainty: 'certain', source: 'kmsg', verified: true } as const;
}
