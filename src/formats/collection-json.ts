// A collection, or a leak test, as one JSON document on one line. The fields and their order are fixed.

import type { Collection } from '../model/collection/collection.ts';
import type { Floor, LeakTest } from '../model/collection/leak.ts';
import { escapeUnprintable } from '../text/clean.ts';

/** What was written to disk besides. */
export interface WrittenSnapshot {
  readonly path: string;
  readonly bytes: number;
  readonly ms: number;
}

/** Why it is missing although it was requested. */
export interface FailedSnapshot {
  readonly error: string;
}

/** The leak test of which the collection was the last. */
export interface LeakReport {
  readonly floors: readonly Floor[];
  readonly test: LeakTest;
}

/** One line with its newline. Sizes in bytes, `slope` in bytes a second; what is not known is left out. */
export function formatCollectionJson(
  collection: Collection,
  leak?: LeakReport,
  snapshot?: WrittenSnapshot | FailedSnapshot,
): string {
  const { pid, runtime, level, pauseMs, rounds, before, after, lowest, freed, returned } = collection;
  const { verdict, explanation, next } = leak?.test ?? collection;
  const document = {
    ...{ pid, runtime, level, verdict, explanation, next, pauseMs, rounds },
    ...{ before, after, lowest, freed, returned },
    curve: collection.curve.map(({ ms, rss }) => ({ ms, rss })),
    ...(leak !== undefined && { floors: leak.floors.map(floorOf), slope: leak.test.slope }),
    ...(snapshot !== undefined && { heapSnapshot: snapshot }),
  };
  return `${escapeUnprintable(JSON.stringify(document))}\n`;
}

function floorOf({ time, heapUsed, inUse, rss }: Floor) {
  return {
    time: new Date(time).toISOString(),
    ...(heapUsed !== undefined && { heapUsed }),
    ...(inUse !== undefined && { inUse }),
    rss,
  };
}
