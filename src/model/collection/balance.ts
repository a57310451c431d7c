// The parts of a Node process's memory around a collection: what fell, what remains, and what holds it.
import type { CollectionEffect } from './verdict.ts';

/** The RSS of a Node process that is not anonymous, for kernels that do not report it: its program file and libraries. */
const FILES = 40 * 2 ** 20;

/** All in bytes. Objects are never counted as more than the anonymous memory: untouched Buffers take no memory. */
export interface Balance {
  /** RSS before, at its lowest, and two seconds after. */
  readonly rss: number;
  readonly rssLowest: number;
  readonly rssAfter: number;
  /** Anonymous memory before and at its lowest: the part that a program can release. */
  readonly before: number;
  readonly lowest: number;
  /** By how much it fell. Not negative. */
  readonly back: number;
  /** What objects of all threads held before, and after. */
  readonly held: number;
  readonly heldAfter: number;
  /** By how much that fell. Not negative. */
  readonly freed: number;
  /** Of what remains, the heap's empty pages. */
  readonly spare: number;
  /** Of what remains, neither objects nor empty heap: the runtime, stacks, native memory, the allocator's free pages. */
  readonly outside: number;
  /** RSS that is not anonymous: program files, libraries, mapped files, shared memory. */
  readonly files: number;
  /** Worker threads: each has its own heap. */
  readonly threads: number;
  /** Those among them whose heaps are not known. */
  readonly threadsMissing: number;
}

/** Computes the parts. The numbers of the effect have been checked before. */
export function balanceOf(effect: CollectionEffect): Balance {
  const { before, after, lowest, spare = 0, workersFreed = 0, freedBefore = 0 } = effect;
  const whole = before.anonymous ?? Math.max(0, before.rss - FILES);
  const least = Math.min(whole, lowest.anonymous ?? Math.max(0, lowest.rss - FILES));
  const unheard = Math.max(0, workersFreed) + Math.max(0, freedBefore);
  const held = Math.min(whole, heldIn(before) + unheard);
  const heldAfter = Math.min(least, heldIn(after), effect.leastHeld ?? Number.POSITIVE_INFINITY);
  const empty = Math.min(spare, least - heldAfter);
  return {
    rss: before.rss,
    rssLowest: Math.min(before.rss, lowest.rss, after.rss),
    rssAfter: after.rss,
    before: whole,
    lowest: least,
    back: whole - least,
    held,
    heldAfter,
    freed: Math.max(0, held - heldAfter),
    spare: empty,
    outside: least - heldAfter - empty,
    files: Math.max(0, before.rss - whole),
    threads: effect.threads ?? 0,
    threadsMissing: effect.threadsMissing ?? 0,
  };
}

/** What the objects of all threads hold in a reading: heaps, and memory outside of them. */
export function heldIn({ heapUsed = 0, external = 0, workers = 0 }: CollectionEffect['before']): number {
  return heapUsed + external + workers;
}
