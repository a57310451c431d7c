// The parts of a Python process's memory around a collection, as far as Python and glibc report them.
import type { CollectionEffect } from './verdict.ts';

/** The RSS that is not anonymous, for kernels that do not report it: its program file and libraries. */
const FILES = 6 * 2 ** 20;
/** A block holds 16 to 512 bytes; this is about the average for small objects with their parts. */
const BLOCK = 80;
/** A small object with its collector's header, in bytes: the least that each found object counts as. */
const SMALL_OBJECT = 64;

/** Sizes in bytes. */
export interface PythonBalance {
  readonly rss: number;
  /** Anonymous memory before and at its lowest, and by how much it fell. */
  readonly before: number;
  readonly lowest: number;
  readonly back: number;
  /** RSS that is not anonymous. */
  readonly files: number;
  /** Objects found unreachable, and what they and their small parts took at least. */
  readonly unreachable: number;
  readonly found: number;
  /** The fraction of small objects that is left, 0 to 1, and their estimated size; undefined where Python does not count them. */
  readonly left: number | undefined;
  /** Estimated memory in use afterwards: small objects and everything that malloc has handed out. Undefined where either is unknown. */
  readonly used: number | undefined;
  /** By how much trimming the allocator reduced RSS. */
  readonly trimmed: number;
  /** Memory that tracemalloc does not trace, without its own tables; undefined where the program does not run it. */
  readonly untraced: number | undefined;
}

/** Computes the parts. The numbers of the effect have been checked before. */
export function pythonBalanceOf(effect: CollectionEffect): PythonBalance {
  const { before, lowest, unreachable = 0, trimmed = 0, blocksBefore, blocksAfter, mallocAfter } = effect;
  const whole = before.anonymous ?? Math.max(0, before.rss - FILES);
  const least = Math.min(whole, lowest.anonymous ?? Math.max(0, lowest.rss - FILES));
  const { traced, tracedOverhead = 0 } = effect;
  const gone = unreachable === 0 ? 0 : Math.max(0, (blocksBefore ?? 0) - (blocksAfter ?? 0)) * BLOCK;
  const inUse = bytesInUse(blocksAfter, mallocAfter);
  return {
    rss: before.rss,
    ...{ before: whole, lowest: least, back: whole - least, files: Math.max(0, before.rss - whole) },
    ...{ unreachable, found: Math.max(unreachable * SMALL_OBJECT, gone), trimmed: Math.max(0, trimmed) },
    left:
      blocksBefore === undefined || blocksAfter === undefined || blocksBefore === 0
        ? undefined
        : Math.min(1, blocksAfter / blocksBefore),
    ...{ used: inUse === undefined ? undefined : Math.min(least, inUse) },
    untraced: traced === undefined ? undefined : Math.max(0, whole - traced - tracedOverhead),
  };
}

/** Estimated bytes in use, from the blocks of small objects and what malloc has handed out; undefined where either is unknown. */
export function bytesInUse(blocks: number | undefined, malloc: number | undefined): number | undefined {
  return blocks === undefined || malloc === undefined ? undefined : blocks * BLOCK + malloc;
}
