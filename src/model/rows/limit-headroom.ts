// The headroom history of each memory limit: memtop's own, and those of the watched cgroups.

import { Series } from '../history/series.ts';
import type { Timeline } from '../history/timeline.ts';
import { type GroupLimit, lastRoomOf, roomBelow } from '../snapshot/cgroup-memory.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** A limit counts as the same while its cgroup and its size stay the same. */
const keyOf = ({ path, limit, slows }: GroupLimit) => `${limit}${slows === true ? ' high' : ''} ${path}`;

interface Room {
  readonly series: Series;
  /** Monotonic milliseconds of the last snapshot that reported it. */
  seenAt: number;
}

/** Cgroups are read in turns: one that has not been reported for this many milliseconds is dropped. */
const FORGOTTEN_AFTER = 120_000;

export class LimitRooms {
  /** What is available below the limit that memtop is under, as the gauge shows it; undefined while there is none. */
  gauge: Series | undefined;
  #gaugeKey: string | undefined;
  /** Bytes left before a limit acts, swap included, by limit; and which limit is in force for a cgroup. */
  readonly #rooms = new Map<string, Room>();
  readonly #limits = new Map<string, GroupLimit>();
  #own: GroupLimit | undefined;
  #groups: Snapshot['groups'];

  /** The same as it is now; `copyOf` gives the copy of each history. */
  copy(copyOf: (series: Series) => Series): LimitRooms {
    const copy = new LimitRooms();
    copy.gauge = this.gauge && copyOf(this.gauge);
    copy.#gaugeKey = this.#gaugeKey;
    for (const [key, { series, seenAt }] of this.#rooms) copy.#rooms.set(key, { series: copyOf(series), seenAt });
    for (const [path, limit] of this.#limits) copy.#limits.set(path, limit);
    copy.#own = this.#own;
    copy.#groups = this.#groups;
    return copy;
  }

  /** Records the limits of a snapshot. */
  record(timeline: Timeline, { system, groups, monotonic }: Snapshot): void {
    this.#own = system.limit;
    if (system.limit !== undefined) this.#take(timeline, system.limit, lastRoomOf(system.limit, system), monotonic);
    this.#recordGauge(timeline, system.limit);
    if (groups !== this.#groups) {
      this.#groups = groups;
      this.#limits.clear();
      for (const { path, limit } of groups ?? []) if (limit !== undefined) this.#limits.set(path, limit);
      const distinct = new Map([...this.#limits.values()].map((limit) => [keyOf(limit), limit]));
      for (const limit of distinct.values()) this.#take(timeline, limit, lastRoomOf(limit, system), monotonic);
    }
    for (const [key, room] of this.#rooms) {
      if (monotonic - room.seenAt <= FORGOTTEN_AFTER) continue;
      room.series.forget();
      this.#rooms.delete(key);
    }
  }

  /** The headroom below the limit in force for a cgroup, over time; undefined where no limit is known. */
  of(path: string | undefined): Series | undefined {
    const limit = path === undefined ? undefined : this.#limits.get(path);
    return limit === undefined ? undefined : this.#rooms.get(keyOf(limit))?.series;
  }

  /** All known limits: the one memtop is under, and those of the watched cgroups. */
  *rooms(): Generator<{ readonly limit: GroupLimit; readonly room: Series }> {
    const seen = new Set<Series>();
    for (const limit of [...(this.#own === undefined ? [] : [this.#own]), ...this.#limits.values()]) {
      const room = this.#rooms.get(keyOf(limit))?.series;
      if (room === undefined || seen.has(room)) continue;
      seen.add(room);
      yield { limit, room };
    }
  }

  #take(timeline: Timeline, limit: GroupLimit, left: number, now: number): void {
    const room = this.#rooms.get(keyOf(limit));
    if (room === undefined) {
      this.#rooms.set(keyOf(limit), { series: new Series(timeline, left), seenAt: now });
    } else {
      room.series.record(timeline, left);
      room.seenAt = now;
    }
  }

  #recordGauge(timeline: Timeline, limit: GroupLimit | undefined): void {
    const key = limit === undefined ? undefined : keyOf(limit);
    if (key !== this.#gaugeKey) {
      this.gauge?.forget();
      this.gauge = undefined;
    }
    this.#gaugeKey = key;
    if (limit === undefined) return;
    if (this.gauge === undefined) this.gauge = new Series(timeline, roomBelow(limit));
    else this.gauge.record(timeline, roomBelow(limit));
  }
}
