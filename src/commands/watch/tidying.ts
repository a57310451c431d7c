// Has memtop collect its own garbage while it rests: once after the start, and when it holds more than it needs.
import type { SmallHeap } from '../../cli/small-heap.ts';

/** Milliseconds since the first table, and since the last key, before there is a pause. */
const QUIET = 2_000;

/** Milliseconds from a sample until its frame has been written. */
const DRAWING = 30;

/** Growth of the heap since the last collection that is worth a pause, in bytes; and after a long time. */
const WORTH = { soon: 3 * 2 ** 20, late: 2 ** 19 };

/** Milliseconds after which less growth is worth a pause. */
const LATE = 300_000;

/**
 * Milliseconds between two collections: at least `least`, and `factor` times the pauses of the last one. Where the heap
 * grows faster than what is worth a pause, the rest is shorter in proportion, and shortest once a peak is over; but pauses are
 * never more than `most` of the time.
 */
const REST = { least: 10_000, factor: 500, most: 0.01 };

/** V8 frees in the second collection what it found in the first; after that, as long as one returns this much. */
const ROUNDS = { least: 2, most: 4, worth: 2 ** 18 };

/** When this fraction of the rows of the last collection is left, what the others held is garbage. */
const FEWER = 0.75;

/** At most one collection for each sample, and none while keys are pressed. */
export class Tidying {
  readonly #heap: Pick<SmallHeap, 'size' | 'collect'>;
  readonly #now: () => number;
  readonly #begunAt: number;
  #keyAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #rounds = 0;
  #pauses = 0;
  /** Of the last collection; the first one is due. */
  #last: { readonly at: number; readonly size: number; readonly rows: number; readonly pauses: number } | undefined;

  /** @param now monotonic milliseconds */
  constructor(heap: Pick<SmallHeap, 'size' | 'collect'>, now: () => number = () => performance.now()) {
    this.#heap = heap;
    this.#now = now;
    this.#begunAt = now();
  }

  /** A key or the mouse was used: there must be no pause for a while. */
  used(): void {
    this.#keyAt = this.#now();
  }

  /** A sample is about to be drawn. */
  sampled(rows: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.tidy(rows), DRAWING);
    this.#timer.unref();
  }

  /** Collects if that is worth a pause now. */
  tidy(rows: number): void {
    const start = this.#now();
    if (start - Math.max(this.#begunAt, this.#keyAt) < QUIET) return;
    const before = this.#heap.size();
    if (this.#rounds === 0 && !this.#isDue(start, before, rows)) return;
    this.#heap.collect();
    this.#pauses += this.#now() - start;
    this.#rounds += 1;
    const size = this.#heap.size();
    const isDone = this.#rounds >= ROUNDS.least && before - size < ROUNDS.worth;
    if (!isDone && this.#rounds < ROUNDS.most) return;
    this.#last = { at: start, size, rows, pauses: this.#pauses };
    this.#rounds = 0;
    this.#pauses = 0;
  }

  /** No collection any more. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #isDue(now: number, size: number, rows: number): boolean {
    if (this.#last === undefined) return true;
    const { at, rows: before, pauses } = this.#last;
    const age = now - at;
    const grown = size - this.#last.size;
    const isPeakOver = rows < before * FEWER;
    const shorter = isPeakOver ? Number.POSITIVE_INFINITY : Math.max(1, grown / WORTH.soon);
    const rest = Math.max((REST.factor * pauses) / shorter, pauses / REST.most, REST.least);
    if (age < rest) return false;
    return isPeakOver || grown >= WORTH.soon || (age >= LATE && grown >= WORTH.late);
  }
}
