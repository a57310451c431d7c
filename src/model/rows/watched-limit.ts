// What is left below one limit from snapshot to snapshot: peaks between two readings count, and so does how long it has been full.
import type { Forecast } from '../growth/near-end.ts';
import { Series } from '../history/series.ts';
import type { Timeline } from '../history/timeline.ts';
import { type GroupLimit, lastHeadroomOf, usedOf } from '../snapshot/cgroup-memory.ts';
import type { SystemMemory } from '../snapshot/snapshot.ts';

/**
 * A limit is full when no more than this fraction of it, or as many bytes, is not charged (the kernel reclaims 32 pages at a time and
 * charges 64), and no more than the second fraction could be reclaimed.
 */
const UNCHARGED = 1 / 1024;
const UNCHARGED_BYTES = 512 * 1024;
const RECLAIMABLE = 1 / 100;
/** What is left is at rest while it falls by no more than this fraction of the limit, and rises by no more than that. */
const FELL = 1 / 512;
const RECOVERED = 1 / 64;
/** The end of a full limit is reported from this many milliseconds, and this many intervals between samples, on. */
const FULL_FOR = 3000;
const FULL_INTERVALS = 3;
/** What has lived at its limit for longer than this, in milliseconds, may live on for hours. */
const LIVES_ON = 5 * 60_000;
/** The latest end is this many times as far as the middle, and this many milliseconds. */
const LATEST = 2.5;
const LATEST_AFTER = 60_000;

/** The reading of a limit that the next one is compared with. */
interface Reading {
  /** Monotonic milliseconds. */
  readonly at: number;
  /** The most that was ever charged, and how much of the charge could be reclaimed, in bytes. */
  readonly peak: number | undefined;
  readonly reclaimable: number;
  /** The least that was left since it last recovered, and when that was reached. */
  readonly lowest: number;
  readonly lowestAt: number;
}

export class WatchedLimit {
  /** Bytes left before the limit acts, swap included. */
  readonly series: Series;
  #last: Reading;

  private constructor(series: Series, last: Reading) {
    this.series = series;
    this.#last = last;
  }

  /** A limit that was read for the first time. */
  static begin(timeline: Timeline, limit: GroupLimit, system: SystemMemory, now: number): WatchedLimit {
    const left = lastHeadroomOf(limit, system);
    return new WatchedLimit(new Series(timeline, left), { ...readingOf(limit, now), lowest: left, lowestAt: now });
  }

  /** Monotonic milliseconds of the last snapshot that reported it. */
  get seenAt(): number {
    return this.#last.at;
  }

  /** The same as it is now; `copyOf` gives the copy of its history. */
  copy(copyOf: (series: Series) => Series): WatchedLimit {
    return new WatchedLimit(copyOf(this.series), this.#last);
  }

  /** Takes a reading; of several in one snapshot the first. */
  take(timeline: Timeline, limit: GroupLimit, system: SystemMemory, now: number): void {
    const before = this.#last;
    if (before.at === now) return;
    const left = lastHeadroomOf(limit, system);
    const reading = readingOf(limit, now);
    const fell = left < before.lowest - limit.limit * FELL || left > before.lowest + limit.limit * RECOVERED;
    const { lowest, lowestAt } = fell ? { lowest: left, lowestAt: now } : before;
    this.#last = { ...reading, lowest, lowestAt };
    this.series.record(timeline, Math.max(0, left - peakAbove(limit, before, reading)));
    const fullFor = now - lowestAt;
    const isKnown = fullFor >= Math.max(FULL_FOR, FULL_INTERVALS * (now - before.at)) && fullFor <= LIVES_ON;
    this.series.giveEnd(isKnown && isFull(limit, left) ? endAfter(fullFor) : undefined);
  }
}

function readingOf(limit: GroupLimit, at: number): Pick<Reading, 'at' | 'peak' | 'reclaimable'> {
  return { at, peak: limit.peak, reclaimable: limit.charged - usedOf(limit) };
}

/**
 * By how many bytes a peak since the reading before exceeds what is in use now; 0 where nothing was charged that had not been charged
 * before. A program that copies what it has in order to enlarge it needs twice the memory for a moment that no sample sees.
 */
function peakAbove(
  limit: GroupLimit,
  before: Reading,
  { peak, reclaimable }: Pick<Reading, 'peak' | 'reclaimable'>,
): number {
  if (peak === undefined || before.peak === undefined || peak <= before.peak) return 0;
  // What could be reclaimed is not known at the peak: the more of the two readings, for file pages come and go as well.
  return Math.max(0, peak - Math.max(reclaimable, before.reclaimable) - usedOf(limit));
}

/**
 * Whether the kernel can only reclaim the few file pages that the processes are about to read again. They hardly go on, and are not
 * killed as long as it finds some (try_charge in mm/memcontrol.c). Beyond memory.high nothing is killed.
 */
export function isFull({ limit, charged, slows }: GroupLimit, left: number): boolean {
  return (
    slows !== true && charged >= limit - Math.max(limit * UNCHARGED, UNCHARGED_BYTES) && left <= limit * RECLAIMABLE
  );
}

/**
 * The kill of a process that has been at its limit for so long: chance decides when, and it was seen to come after 1 s, 18 s and 5 min.
 * Of what has no scale, the half lasts as long again as it has lasted.
 */
function endAfter(fullFor: number): Forecast {
  return { soonest: 0, middle: fullFor, latest: LATEST * fullFor + LATEST_AFTER, fullFor };
}
