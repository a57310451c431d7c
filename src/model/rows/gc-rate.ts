// How often a runtime collects: a rate over the last minute, from totals that an agent reports now and then.
import { type GcRate, gcRate, type Heap } from '../snapshot/heap.ts';

/** The most readings, and how far they may go back, in milliseconds. */
const MOST_READINGS = 32;
const WINDOW = 60_000;

/** Follows the totals of one process. */
export class GcMeter {
  readonly #readings: { readonly at: number; readonly heap: Heap }[] = [];

  /** Takes a reading at `at` (monotonic milliseconds). Totals that restarted from zero begin a new window. */
  record(heap: Heap, at: number): void {
    const last = this.#readings.at(-1);
    if (heap.gc === undefined || last?.heap === heap) return;
    if (last !== undefined && gcRate(last.heap, heap, at - last.at) === undefined) this.#readings.length = 0;
    this.#readings.push({ at, heap });
    while (this.#readings.length > MOST_READINGS || at - (this.#readings[0]?.at ?? at) > WINDOW) this.#readings.shift();
  }

  /** The current rate; undefined before the first reading, and at the very moment of it. */
  rate(now: number): GcRate | undefined {
    const first = this.#readings[0];
    const last = this.#readings.at(-1);
    return first === undefined || last === undefined ? undefined : gcRate(first.heap, last.heap, now - first.at);
  }
}
