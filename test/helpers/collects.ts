// Collections for tests of app and screen: one that freed nearly all, and one that freed nothing.
import type { CollectOutcome, Target } from '../../src/app/state/collects.ts';
import { concludeCollection } from '../../src/model/collection/collection.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE } from './snapshots.ts';
import { serverProcesses } from './states.ts';

/** The small server with an agent in its node process; a dozen collections a minute. */
export function instrumented(tick: number): Process[] {
  return serverProcesses(tick).map((process) =>
    process.who.pid === 1311
      ? {
          ...process,
          heap: {
            runtime: 'node',
            used: 148 * MEBIBYTE,
            total: 160 * MEBIBYTE,
            limit: 2048 * MEBIBYTE,
            external: 2 * MEBIBYTE,
            gc: { count: Math.floor((tick * 2) / 5), time: tick * 4 },
          },
        }
      : process,
  );
}

export const SERVER: Target = { pid: 1311, startTime: 1311, name: 'node' };

/** RSS of the server that is not anonymous memory, in MiB. */
const FILES = 40;

function readingOf(heap: number, rss: number) {
  return {
    rss: rss * MEBIBYTE,
    anonymous: (rss - FILES) * MEBIBYTE,
    heapUsed: heap * MEBIBYTE,
    external: MEBIBYTE,
  };
}

/** What a collect in the server came to. Sizes in MiB: heap and RSS before and after. */
export function outcomeOf(heap: [number, number], rss: [number, number]): CollectOutcome {
  const collection = concludeCollection({
    pid: 1311,
    runtime: 'node',
    level: 'reclaim',
    rounds: 2,
    steps: [
      { name: 'major', ms: 110, rss: rss[1] * MEBIBYTE },
      { name: 'major', ms: 102, rss: rss[1] * MEBIBYTE },
    ],
    before: readingOf(heap[0], rss[0]),
    after: readingOf(heap[1], rss[1]),
    rssBefore: rss[0] * MEBIBYTE,
    peak: rss[0] * MEBIBYTE,
    heapLimit: 4096 * MEBIBYTE,
    curve: Array.from({ length: 20 }, (_, index) => ({
      ms: index * 100,
      rss: (index < 3 ? rss[0] : rss[1]) * MEBIBYTE,
      anonymous: ((index < 3 ? rss[0] : rss[1]) - FILES) * MEBIBYTE,
    })),
  });
  if (collection === undefined) throw new Error('these numbers cannot be true');
  const spaces = [
    { name: 'old_space', used: heap[1] * MEBIBYTE, size: (heap[1] + 4) * MEBIBYTE },
    { name: 'new_space', used: MEBIBYTE, size: 16 * MEBIBYTE },
    { name: 'shared_space', used: 0, size: 0 },
  ];
  return { collection, insight: { spaces, workers: 2, gc: [{ kind: 'minor', count: 31, ms: 40, maxMs: 3 }] } };
}
