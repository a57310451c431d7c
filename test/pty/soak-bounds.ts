// How much more a memtop may hold after a soak than before it.
import { expect } from 'vitest';
import type { Held } from './soak.ts';

const MEBIBYTE = 2 ** 20;
/** Live objects: what V8 learns of the types that the code meets, and the processes that this machine has more. */
const HEAP = 4 * MEBIBYTE;
/** V8 keeps room for what was once needed: a pane drawn at the largest size, a table of everything. */
const RSS = 24 * MEBIBYTE;

/** Listeners, resources and descriptors are what they were, heap and RSS within their bounds. */
export function expectNothingLeft(before: Held, after: Held): void {
  expect(after.listeners).toEqual(before.listeners);
  expect(after.resources).toEqual(before.resources);
  expect(after.handles).toBe(before.handles);
  expect(withoutLog(after.descriptors)).toEqual(withoutLog(before.descriptors));
  expect(after.heapUsed - before.heapUsed).toBeLessThan(HEAP);
  expect(after.rss - before.rss).toBeLessThan(RSS);
}

/** The kernel's log is opened for good by the first process that the kernel kills, which may be any on this machine. */
function withoutLog({ '/dev/kmsg': _, ...descriptors }: Held['descriptors']): Held['descriptors'] {
  return descriptors;
}
