// The headroom history of each memory limit: memtop's own, and those of the watched cgroups.

import { Series } from '../history/series.ts';
import type { Timeline } from '../history/timeline.ts';
import { type GroupLimit, headroomBelow } from '../snapshot/cgroup-memory.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { WatchedLimit } from './watched-limit.ts';

/** A limit counts as the same while its cgroup and its size stay the same. */
const keyOf = ({ path, limit, slows }: GroupLimit) => `${limit}${slows === true ? ' high' : ''} ${path}`;

/** Cgroups are read in turns: one that has not been reported for this many milliseconds is dropped. */
const FORGOTTEN_AFTER = 120_000;

export class LimitHeadrooms {
  /** What is available below the limit that memtop is under, as the gauge shows it; undefined while there is none. */
  gauge: Series | undefined;
  #gaugeKey: string | undefined;
  /** Bytes left before a limit acts, swap included, by limit; and which limit is in force for a cgroup. */
  readonly #headrooms = new Map<string, WatchedLimit>();
  readonly #limits = new Map<string, GroupLimit>();
  #own: GroupLimit | undefined;
  #groups: Snapshot['groups'];

  /** The same as it is now; `copyOf` gives the copy of each history. */
  copy(copyOf: (series: Series) => Series): LimitHeadrooms {
    const copy = new LimitHeadrooms();
    copy.gauge = this.gauge && copyOf(this.gauge);
    copy.#gaugeKey = this.#gaugeKey;
    for (const [key, headroom] of this.#headrooms) copy.#headrooms.set(key, headroom.copy(copyOf));
    for (const [path, limit] of this.#limits) copy.#limits.set(path, limit);
    copy.#own = this.#own;
    copy.#groups = this.#groups;
    return copy;
  }

  /** Records the limits of a snapshot. */
  record(timeline: Timeline, { system, groups, monotonic }: Snapshot): void {
    this.#own = system.limit;
    if (system.limit !== undefined) this.#take(timeline, system.limit, system, monotonic);
    this.#recordGauge(timeline, system.limit);
    if (groups !== this.#groups) {
      this.#groups = groups;
      this.#limits.clear();
      for (const { path, limit } of groups ?? []) if (limit !== undefined) this.#limits.set(path, limit);
      const distinct = new Map([...this.#limits.values()].map((limit) => [keyOf(limit), limit]));
      for (const limit of distinct.values()) this.#take(timeline, limit, system, monotonic);
    }
    for (const [key, headroom] of this.#headrooms) {
      if (monotonic - headroom.seenAt <= FORGOTTEN_AFTER) continue;
      headroom.series.forget();
      this.#headrooms.delete(key);
    }
  }

  /** The headroom below the limit in force for a cgroup, over time; undefined where no limit is known. */
  of(path: string | undefined): Series | undefined {
    const limit = path === undefined ? undefined : this.#limits.get(path);
    return limit === undefined ? undefined : this.#headrooms.get(keyOf(limit))?.series;
  }

  /** All known limits: the one memtop is under, and those of the watched cgroups. */
  *all(): Generator<{ readonly limit: GroupLimit; readonly headroom: Series }> {
    const seen = new Set<Series>();
    for (const limit of [...(this.#own === undefined ? [] : [this.#own]), ...this.#limits.values()]) {
      const headroom = this.#headrooms.get(keyOf(limit))?.series;
      if (headroom === undefined || seen.has(headroom)) continue;
      seen.add(headroom);
      yield { limit, headroom };
    }
  }

  #take(timeline: Timeline, limit: GroupLimit, system: Snapshot['system'], now: number): void {
    const known = this.#headrooms.get(keyOf(limit));
    if (known !== undefined) known.take(timeline, limit, system, now);
    else this.#headrooms.set(keyOf(limit), WatchedLimit.begin(timeline, limit, system, now));
  }

  #recordGauge(timeline: Timeline, limit: GroupLimit | undefined): void {
    const key = limit === undefined ? undefined : keyOf(limit);
    if (key !== this.#gaugeKey) {
      this.gauge?.forget();
      this.gauge = undefined;
    }
    this.#gaugeKey = key;
    if (limit === undefined) return;
    if (this.gauge === undefined) this.gauge = new Series(timeline, headroomBelow(limit));
    else this.gauge.record(timeline, headroomBelow(limit));
  }
}
