// The heap limit to suggest for a Node process: one that keeps it from growing, never one that kills it.
import type { CollectionEffect } from './verdict.ts';

const MIB = 2 ** 20;
/** Limits are suggested in steps of this many MiB, and never below the minimum: V8 itself needs some. */
const STEP = 32;
const LEAST = 128;

/**
 * A sentence with a limit for the heap, or undefined where a limit would not help: where the heap is not known, where Buffers
 * or worker threads hold most of it (the limit counts neither), or where the current limit is not higher. The limit is
 * never below the highest RSS the process has ever had: its heap was at most that large, and a program that needs as
 * much again must not be killed by the limit.
 */
export function heapLimitAdvice({ before, peak, heapLimit }: CollectionEffect): string | undefined {
  const { rss, heapUsed, external = 0, workers = 0 } = before;
  if (heapUsed === undefined || peak === undefined || heapLimit === undefined) return undefined;
  if (external + workers > heapUsed) return undefined;
  const megabytes = Math.max(LEAST, Math.ceil(Math.max(rss, peak, heapUsed) / MIB / STEP) * STEP);
  if (megabytes * MIB >= heapLimit) return undefined;
  return (
    'Use a rule that collects when memory is low. ' +
    `--max-old-space-size=${megabytes} keeps the heap from growing beyond the highest RSS seen so far.`
  );
}
