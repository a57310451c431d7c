// The memory of several processes together: PSS where known, and for the others RSS, which counts shared pages more than once.
import { formatSize } from '../../text/format.ts';
import type { Process } from '../snapshot/snapshot.ts';

/** A reading older than this (milliseconds) is left out of sums: too much may have changed since. */
const OLDEST = 60_000;

/** Sums in bytes, and of how many processes each is. */
export interface PssTotal {
  readonly pss: number;
  readonly withPss: number;
  /** Of those without a PSS. */
  readonly rss: number;
  readonly withoutPss: number;
}

/** The total at a moment (milliseconds since the epoch). Without memory of their own, processes are in neither part. */
export function pssTotalOf(processes: Iterable<Process>, time: number): PssTotal {
  const total = { pss: 0, withPss: 0, rss: 0, withoutPss: 0 };
  for (const { smaps, rss } of processes) {
    if (smaps !== undefined && time - smaps.readAt <= OLDEST) {
      total.pss += smaps.pss;
      total.withPss += 1;
    } else if (rss > 0) {
      total.rss += rss;
      total.withoutPss += 1;
    }
  }
  return total;
}

/** `PSS 1.20G`, `RSS 1.75G`, or `PSS 1.20G of 14, RSS 320M of 3` where not all are known. */
export function pssTotalText({ pss, withPss, rss, withoutPss }: PssTotal): string {
  if (withPss === 0) return `RSS ${formatSize(rss)}`;
  if (withoutPss === 0) return `PSS ${formatSize(pss)}`;
  return `PSS ${formatSize(pss)} of ${withPss}, RSS ${formatSize(rss)} of ${withoutPss}`;
}
