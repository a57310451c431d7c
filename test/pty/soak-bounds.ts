// How much more a memtop may hold after a soak than before it.
import { expect } from 'vitest';
import type { Held } from './soak.ts';

const MEBIBYTE = 2 ** 20;
/** Live objects: the pasts of the processes of this machine grow with the time until they are thinned, which is most of it. */
const HEAP = 4 * MEBIBYTE;
/** The same after thousands of ticks: 6 to 7 MiB were seen after 1,200. */
export const HEAP_AFTER_LONG = 12 * MEBIBYTE;
/** V8 keeps room for what was once needed: a pane drawn at the largest size, a table of everything. */
const RSS = 24 * MEBIBYTE;

/** Listeners, resources and descriptors are what they were, heap and RSS within their bounds. */
export function expectNothingLeft(before: Held, after: Held, heap = HEAP): void {
  expect(after.listeners).toEqual(before.listeners);
  expect(after.resources).toEqual(before.resources);
  expect(after.handles).toBe(before.handles);
  expect(after.descriptors).toEqual(before.descriptors);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(heap);
  expect(after.rss - before.rss).toBeLessThan(RSS);
}
