// How fast the machine swaps, computed from two snapshots.
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Bytes a second. */
export interface SwapRates {
  /** Read back from swap into memory. */
  readonly in: number;
  /** Written from memory to swap. */
  readonly out: number;
}

/** The counters and when they were read. */
export type SwapReading = Pick<Snapshot, 'monotonic' | 'system'>;

/** Since the previous snapshot; undefined for the first, and where the kernel does not count it. */
export function swapRates(before: SwapReading | undefined, now: SwapReading): SwapRates | undefined {
  const span = before === undefined ? 0 : (now.monotonic - before.monotonic) / 1000;
  const [was, is] = [before?.system, now.system];
  if (span <= 0 || was?.swappedIn === undefined || was.swappedOut === undefined) return undefined;
  if (is.swappedIn === undefined || is.swappedOut === undefined) return undefined;
  const rate = (count: number) => Math.max(0, count) / span;
  return { in: rate(is.swappedIn - was.swappedIn), out: rate(is.swappedOut - was.swappedOut) };
}
