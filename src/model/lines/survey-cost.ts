// What it costs to find what holds a leak, before it is done.
import { formatSize } from '../../text/format.ts';
import { limitTitle } from '../cgroup/sentences.ts';
import type { Pause, Workload } from '../collection/pause.ts';
import type { Headroom } from '../collection/snapshot-headroom.ts';
import { headroomBelow } from '../snapshot/cgroup-memory.ts';
import type { Runtime } from '../snapshot/heap.ts';

const MIB = 2 ** 20;
/**
 * Milliseconds for each MiB: Node lists all objects of its heap (large ones, small ones); Python goes through all its objects
 * and what they hold, at the beginning and at the end.
 */
const PER_MEBIBYTE: Readonly<Record<Runtime, Pause>> = { node: { from: 5, to: 22 }, python: { from: 1, to: 12 } };
/** For each million blocks of Python, measured on 3.8 to 3.13: strings and numbers, sets and lists of numbers. */
const PER_MILLION_BLOCKS: Pause = { from: 70, to: 700 };
/** A pause this long needs the user's consent, in milliseconds. */
const LONG = 1000;

/** Roughly how many milliseconds the program will be stopped. */
export function expectedSurvey({ runtime, bytes, blocks }: Workload): Pause {
  const isCounted = runtime === 'python' && blocks !== undefined;
  const { from, to } = isCounted ? PER_MILLION_BLOCKS : PER_MEBIBYTE[runtime];
  const amount = isCounted ? blocks / 1e6 : bytes / MIB;
  return { from: from * amount, to: to * amount };
}

export function isLongSurvey(work: Workload): boolean {
  return expectedSurvey(work).to >= LONG;
}

/**
 * Bytes of headroom, where the list of all objects of a Node heap may not fit into them; undefined where it fits. The list takes 40 bytes
 * an object, less than the smallest ones themselves.
 */
export function surveyShortage(heapUsed: number, { available, limit }: Headroom): number | undefined {
  const below = limit === undefined ? undefined : headroomBelow(limit);
  const left = Math.min(below ?? Number.POSITIVE_INFINITY, available ?? Number.POSITIVE_INFINITY);
  return left < heapUsed ? left : undefined;
}

/** Why it may not fit, as a sentence; undefined where it does. */
export function surveyObjection(heapUsed: number, headroom: Headroom): string | undefined {
  const left = surveyShortage(heapUsed, headroom);
  if (left === undefined) return undefined;
  const takes = `Finding the containers may take up to ${formatSize(heapUsed)} in the program for a moment, and`;
  const { limit } = headroom;
  return limit !== undefined && headroomBelow(limit) === left
    ? `${takes} only ${formatSize(left)} is left below the ${limitTitle(limit)} (${formatSize(limit.limit)}).`
    : `${takes} only ${formatSize(left)} is available.`;
}
