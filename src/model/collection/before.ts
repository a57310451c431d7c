// What objects held before a collection: V8 may collect by itself between the moment memory is read and the moment the heap is.

/** What a program says of itself at one moment, in bytes. */
export interface HeapReading {
  readonly rss: number;
  readonly heapUsed?: number | undefined;
  readonly external?: number | undefined;
}

/** This part of what objects gave up must have come off RSS, for a collection to be what both are due to. */
const FELL_WITH_IT = 1 / 2;

/**
 * The reading that belongs to the memory that was read first. A request is itself work, and may be what a collection waited for:
 * it then ends before the request is answered, memory has fallen, and the answer no longer shows what had held it. The
 * reading in which objects held the most is taken where RSS fell since by half of what they have given up, or more. Where
 * RSS stayed, a busy program merely makes and collects garbage, and the last reading counts.
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
