// Garbage collections of a span, as agents reported them: how many of each process, and those that freed much.
import type { Row } from '../rows/row.ts';
import { gcRate, type Heap, heldBytes } from '../snapshot/heap.ts';
import type { Identity } from '../snapshot/snapshot.ts';

/** Collections of one process: how many, and the milliseconds for which they stopped it. */
export interface CollectionSum {
  readonly count: number;
  readonly time: number;
}

/** Between two samples a process collected, and its heap (memory held outside of it included) shrank. */
export interface FreeingCollection {
  /** When the later sample was taken, in milliseconds since the epoch. */
  readonly time: number;
  readonly who: Identity;
  /** Bytes. */
  readonly freed: number;
}

/** What is freed counts from this fraction of what was held, and from this many bytes. */
const LEAST_SHARE = 0.25;
const LEAST_BYTES = 8 * 1024 * 1024;

/** The most that are kept: those that freed most. */
const MOST = 200;

interface Counted {
  readonly heap: Heap;
  readonly sum: CollectionSum;
}

/** Follows the collections of processes from sample to sample. */
export class Collections {
  readonly #processes = new Map<string, Counted>();
  #freeing: FreeingCollection[] = [];

  /** Takes the rows of a sample, in order. `time` is milliseconds since the epoch. */
  take(time: number, rows: readonly Row[]): void {
    for (const { process } of rows) {
      const { who, heap } = process;
      if (heap === undefined) continue;
      const key = `${who.pid} ${who.startTime}`;
      const before = this.#processes.get(key);
      if (before?.heap === heap) continue;
      this.#processes.set(key, { heap, sum: sumWith(before, heap) });
      const freed = before === undefined ? undefined : freedBetween(before.heap, heap);
      if (freed !== undefined) this.#freeing.push({ time, who, freed });
    }
    if (this.#freeing.length > MOST * 2) this.#freeing = largest(this.#freeing);
  }

  /** The collections during the span; undefined where no agent reported any. */
  sumOf({ pid, startTime }: Identity): CollectionSum | undefined {
    const sum = this.#processes.get(`${pid} ${startTime}`)?.sum;
    return sum === undefined || sum.count === 0 ? undefined : sum;
  }

  /** Oldest first. */
  get freeing(): readonly FreeingCollection[] {
    return largest(this.#freeing).sort((one, other) => one.time - other.time);
  }
}

function largest(freeing: readonly FreeingCollection[]): FreeingCollection[] {
  return [...freeing].sort((one, other) => other.freed - one.freed).slice(0, MOST);
}

/** An agent that began to count again adds nothing. */
function sumWith(before: Counted | undefined, heap: Heap): CollectionSum {
  const sum = before?.sum ?? { count: 0, time: 0 };
  if (before?.heap.gc === undefined || heap.gc === undefined || gcRate(before.heap, heap, 1) === undefined) return sum;
  return {
    count: sum.count + heap.gc.count - before.heap.gc.count,
    time: sum.time + heap.gc.time - before.heap.gc.time,
  };
}

/** Undefined where nothing was collected, or little freed. A heap shrinks by collections alone, where they are not counted. */
function freedBetween(before: Heap, heap: Heap): number | undefined {
  const [held, holds] = [heldBytes(before), heldBytes(heap)];
  if (before.gc?.count === heap.gc?.count && heap.gc !== undefined) return undefined;
  if (held === undefined || holds === undefined) return undefined;
  const freed = held - holds;
  return freed >= Math.max(LEAST_BYTES, held * LEAST_SHARE) ? freed : undefined;
}
