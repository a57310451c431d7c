// The small server with agents in two of its processes, for collects in all that are tagged.
import type { CollectOutcome, Target } from '../../src/app/state/collects.ts';
import { concludeCollection } from '../../src/model/collection/collection.ts';
import type { Process } from '../../src/model/snapshot/snapshot.ts';
import { MEBIBYTE } from './snapshots.ts';
import { serverProcesses } from './states.ts';

const NAMES: Readonly<Record<number, string>> = { 1311: 'node', 9122: 'python3' };

/** Both hold N MiB. */
export function collectable(heap: number): (tick: number) => Process[] {
  return (tick) =>
    serverProcesses(tick).map((process) =>
      NAMES[process.who.pid] === undefined
        ? process
        : { ...process, heap: { runtime: 'node', used: heap * MEBIBYTE, total: heap * MEBIBYTE } },
    );
}

export function targetFor(pid: number): Target {
  return { pid, startTime: pid, name: NAMES[pid] ?? '' };
}

/** The server dropped nearly all, the script keeps what it has. */
export function outcomeFor(pid: number): CollectOutcome {
  const [heap, rss] = pid === 1311 ? [11, 57] : [139, 144];
  const collection = concludeCollection({
    pid,
    runtime: 'node',
    level: 'reclaim',
    rounds: 1,
    steps: [{ name: 'major', ms: pid === 1311 ? 212 : 1640, rss: rss * MEBIBYTE }],
    before: { rss: 182 * MEBIBYTE, heapUsed: 148 * MEBIBYTE, external: MEBIBYTE },
    after: { rss: rss * MEBIBYTE, heapUsed: heap * MEBIBYTE, external: MEBIBYTE },
    rssBefore: 182 * MEBIBYTE,
    curve: [],
  });
  if (collection === undefined) throw new Error('these numbers cannot be true');
  return { collection, insight: undefined };
}
