// The parts of a Python process's memory around a collection, as far as Python and glibc say.
import type { CollectionEffect } from './verdict.ts';

/** RSS that is not anonymous memory, where the kernel does not say: its program file and libraries. */
const FILES = 6 * 2 ** 20;
/** A block holds 16 to 512 bytes; small objects with their parts take about that much each. */
const BLOCK = 80;
/** A small object with its collector's header, in bytes: what a found one is counted as at least. */
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
  /** The part of small objects that is left, 0 to 1, and what they take by estimate; undefined where Python does not count. */
  readonly left: number | undefined;
  /** What is in use afterwards, by estimate: small objects, and all that malloc gave out. Undefined where one is not known. */
  readonly used: number | undefined;
  /** By how much trimming the allocator brought RSS down. */
  readonly trimmed: number;
  /** What tracemalloc does not know of, its own tables left out; undefined where the program does not run it. */
  readonly untraced: number | undefined;
}

/** Works out the parts. Every number of the effect has been checked to be one. */
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

/** Bytes in use by estimate, given the blocks of small objects and what malloc has given out; undefined where one is not known. */
export function bytesInUse(blocks: number | undefined, malloc: number | undefined): number | undefined {
  return blocks === undefined || malloc === undefined ? undefined : blocks * BLOCK + malloc;
}
