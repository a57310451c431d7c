// The flight recorder: the last half hour of every process in memory, whole, and a longer time in ever fewer samples.
import { gaugeOf, usedFraction } from '../model/cgroup/gauge.ts';
import { Notable } from '../model/recall/notable.ts';
import type { Recorded, RecordedEvent } from '../model/recall/recorded.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { MemoryTier } from './memory-tier.ts';
import { usageCells } from './usage-cells.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The longest time for which every sample is kept; where memory is short, older ones are thinned sooner. */
const WHOLE_FOR = 30 * MINUTE;

/** Bytes that all tiers take together. */
const MOST_BYTES = 4 * 2 ** 20;

/** Every sample, one of ten seconds, and one a minute; and how long each is kept. With thousands of processes they are sparser. */
const TIERS = [
  { spacing: 0, perProcess: 2, memberLasts: 2.5 * MINUTE, keptFor: WHOLE_FOR },
  { spacing: 10 * SECOND, perProcess: 6, memberLasts: 10 * MINUTE, keptFor: 60 * MINUTE },
  { spacing: MINUTE, perProcess: 12, memberLasts: 30 * MINUTE, keptFor: 240 * MINUTE },
] as const;

/** Trends and growth need the samples of this many milliseconds. */
const LEAD = 15 * MINUTE;
/** How many rows may be read for one step back, and of that the part of each tier. */
const LEAD_ROWS = 60_000;
const LEAD_PARTS = [0.5, 0.3, 0.2] as const;
/** The fewest samples of a tier that lead to one, and the most. */
const LEAD_SAMPLES = { fewest: 4, most: 180 };

/** Events that are kept. */
const MOST_EVENTS = 500;

export class FlightRecorder implements Recorded {
  readonly #tiers = TIERS.map((options) => new MemoryTier(options));
  readonly #notable = new Notable();
  #events: RecordedEvent[] = [];
  #last: Snapshot | undefined;

  /** Takes a snapshot; the next one must not be older. */
  add(snapshot: Snapshot): void {
    const before = this.#last;
    if (before !== undefined && snapshot.time <= before.time) this.#shift(before, snapshot);
    this.#last = snapshot;
    const gauge = gaugeOf(snapshot.system, false);
    const usage = gauge === undefined ? Number.NaN : usedFraction(gauge);
    for (const tier of this.#tiers) tier.add(snapshot, usage);
    for (const event of this.#notable.advance(snapshot)) this.note(event);
    this.#trim(snapshot.time);
  }

  /** Adds an event that no snapshot shows, such as a collection. */
  note(event: RecordedEvent): void {
    const at = this.#events.findLastIndex(({ time }) => time <= event.time) + 1;
    this.#events = this.#events.toSpliced(at, 0, event).slice(-MOST_EVENTS);
  }

  /** Bytes that it takes, what waits to be compressed left out. */
  get bytes(): number {
    return this.#tiers.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get range(): Recorded['range'] {
    const begin = Math.min(...this.#tiers.map((tier) => tier.begin));
    return this.#last === undefined ? undefined : { begin, end: this.#last.time };
  }

  get events(): readonly RecordedEvent[] {
    const begin = this.range?.begin ?? 0;
    const first = this.#events.findIndex(({ time }) => time >= begin);
    return first === 0 ? this.#events : first < 0 ? [] : this.#events.slice(first);
  }

  sampleAt(time: number): number | undefined {
    for (const tier of this.#tiers) {
      const found = tier.sampleAt(time);
      if (found !== undefined) return found;
    }
    return this.range?.begin;
  }

  sampleBefore(time: number): number | undefined {
    const found = this.sampleAt(time - 1);
    return found === undefined || found >= time ? undefined : found;
  }

  sampleAfter(time: number): number | undefined {
    for (const { tier, end } of this.#parts()) {
      const found = tier.sampleAfter(time);
      if (found !== undefined && found < end) return found;
    }
    return undefined;
  }

  usage(from: number, to: number, cells: number): readonly number[] {
    const samples = this.#parts().flatMap(({ tier, end }) =>
      tier.members.flatMap(({ times, usages }) =>
        times.flatMap((time, index) => (time < end ? [{ time, usage: usages[index] ?? Number.NaN }] : [])),
      ),
    );
    return usageCells(samples, { from, to, cells });
  }

  leadingTo(time: number): readonly Snapshot[] {
    const wanted = this.sampleAt(time);
    if (wanted === undefined) return [];
    const most = LEAD_ROWS / Math.max(1, this.#last?.processes.length ?? 1);
    let next = wanted + 1;
    const found: Snapshot[] = [];
    for (const [index, tier] of this.#tiers.entries()) {
      const count = Math.min(LEAD_SAMPLES.most, Math.max(LEAD_SAMPLES.fewest, most * (LEAD_PARTS[index] ?? 0)));
      const first = tier.lastTimes(next - 1, count).find((each) => each >= wanted - LEAD);
      if (first === undefined) continue;
      found.unshift(...tier.snapshots(first, next - 1));
      next = first;
    }
    return found;
  }

  between(after: number, to: number): readonly Snapshot[] {
    return this.#parts().flatMap(({ tier, end }) => tier.snapshots(after + 1, Math.min(to, end - 1)));
  }

  /** All of it as the bytes of a file, which `memtop replay` reads. */
  file(): Buffer {
    const parts = this.#parts().flatMap(({ tier, end }) =>
      tier.members.map((member) => member.file(member.times.filter((time) => time < end).length)),
    );
    return Buffer.concat(parts);
  }

  /** Frees what was decoded for showing the past. */
  forget(): void {
    for (const tier of this.#tiers) tier.forget();
  }

  /** The tiers from the coarsest on, each up to the time at which a finer one begins. */
  #parts(): readonly { readonly tier: MemoryTier; readonly end: number }[] {
    let end = Number.POSITIVE_INFINITY;
    return this.#tiers
      .map((tier) => {
        const part = { tier, end };
        end = Math.min(end, tier.begin);
        return part;
      })
      .reverse();
  }

  /** The clock was set back: what was recorded is placed before it, as long ago as it was. */
  #shift(before: Snapshot, now: Snapshot): void {
    const elapsed = Math.max(1, Math.round(now.monotonic - before.monotonic));
    const by = now.time - elapsed - before.time;
    for (const tier of this.#tiers) tier.shift(by);
    this.#events = this.#events.map((event) => ({ ...event, time: event.time + by }));
  }

  /** Drops what is too old, then what takes too much: of the time that all tiers cover the finest detail first. */
  #trim(now: number): void {
    for (const [index, tier] of this.#tiers.entries()) {
      const oldest = now - (TIERS[index]?.keptFor ?? 0);
      while ((tier.members[1]?.times[0] ?? now) < oldest) tier.drop();
    }
    while (this.bytes > MOST_BYTES && this.#dropOne(now)) {}
  }

  #dropOne(now: number): boolean {
    const older = this.#tiers.toReversed().find((tier) => (tier.members[1]?.times[0] ?? now) < now - WHOLE_FOR);
    if (older !== undefined) return older.drop();
    const [coarsest, ...finer] = this.#tiers.toReversed();
    const bySize = finer.sort((one, other) => other.bytes - one.bytes);
    return bySize.some((tier) => tier.drop()) || coarsest?.drop() === true;
  }
}
