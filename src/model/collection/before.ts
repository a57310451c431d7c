// What objects held before a collection: V8 may collect by itself between the moment memory is read and the moment the heap is.

/** What a program reports of itself at one moment, in bytes. */
export interface HeapReading {
  readonly rss: number;
  readonly heapUsed?: number | undefined;
  readonly external?: number | undefined;
}

/** RSS must have fallen by at least this fraction of what objects released, for a collection to explain both. */
const FELL_WITH_IT = 1 / 2;

/**
 * The reading that matches the memory that was read first. A request is itself work and may trigger a collection: that
 * ends before the request is answered, so memory has fallen and the answer no longer shows what held it. The reading in
 * which objects held the most is used where RSS fell since by at least half of what objects released. Where RSS did not
 * fall, a busy program merely makes and collects garbage, and the last reading is used.
 *
 * @param last the reading right before the collection
 * @param earlier those before it, of any age
 * @param rss of the memory that was read first, in bytes
 */
export function heapBefore<Reading extends HeapReading>(
  last: Reading,
  earlier: readonly Reading[],
  rss: number,
): Reading {
  const most = earlier.reduce((one, other) => (heldBy(other) > heldBy(one) ? other : one), last);
  return rss - last.rss >= (heldBy(most) - heldBy(last)) * FELL_WITH_IT ? most : last;
}

function heldBy({ heapUsed = 0, external = 0 }: HeapReading): number {
  return heapUsed + external;
}
