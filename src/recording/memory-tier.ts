// One tier of the flight recorder: samples of a certain spacing, in members of which the oldest is dropped.
import { Decoder } from '../formats/recording/decoder.ts';
import { Encoder } from '../formats/recording/encoder.ts';
import type { Kill } from '../model/snapshot/oom-kill.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { MemoryMember } from './memory-member.ts';

export interface TierOptions {
  /** Milliseconds between two samples; 0 for every sample. */
  readonly spacing: number;
  /** The spacing in milliseconds for each process of the machine, at least: encoding must cost little. */
  readonly perProcess: number;
  /** Milliseconds that a member spans: to read a sample, all before it in its member are decoded. */
  readonly memberLasts: number;
}

/** A member ends early at this many bytes. */
const LARGEST_MEMBER = 2 ** 20;
/** Members whose samples stay decoded while the past is on the screen. */
const MOST_DECODED = 3;
/** A sample may come a little early, in milliseconds. */
const EARLY = 50;

/** The samples of a member as far as they were needed, and what decodes those that were added since. */
interface Decoded {
  readonly decoder: Decoder;
  readonly snapshots: Snapshot[];
}

export class MemoryTier {
  readonly #options: TierOptions;
  readonly #encoder = new Encoder();
  /** Oldest first. */
  readonly #members: MemoryMember[] = [];
  readonly #decoded = new Map<MemoryMember, Decoded>();
  #last: Snapshot | undefined;
  /** Kills in samples that were left out. */
  #kills: Kill[] = [];
  #hasSkipped = false;

  constructor(options: TierOptions) {
    this.#options = options;
  }

  /** Bytes that it takes, what waits to be compressed left out. */
  get bytes(): number {
    return this.#members.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get members(): readonly MemoryMember[] {
    return this.#members;
  }

  /** The time of its first sample; infinite without one. */
  get begin(): number {
    return this.#members[0]?.times[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Takes a sample where one is due. `usage` is the fraction of memory in use; NaN where it is not known. */
  add(snapshot: Snapshot, usage: number): void {
    const elapsed = this.#last === undefined ? undefined : snapshot.monotonic - this.#last.monotonic;
    for (const member of this.#members.slice(-2)) member.compress();
    const due = Math.max(this.#options.spacing, this.#options.perProcess * snapshot.processes.length);
    if (elapsed !== undefined && elapsed < due - EARLY) {
      this.#kills.push(...(snapshot.events ?? []));
      this.#hasSkipped = true;
      return;
    }
    const events = [...this.#kills, ...(snapshot.events ?? [])];
    const sample = this.#kills.length === 0 ? snapshot : { ...snapshot, events };
    this.#kills = [];
    this.#last = snapshot;
    const open = this.#openFor(snapshot);
    const isFirst = open.times.length === 0;
    const least = this.#hasSkipped ? (elapsed ?? 0) : 0;
    const spacing = (sinceLastRead: number) => tenths(Math.max(sinceLastRead, least));
    this.#hasSkipped = false;
    const line = isFirst ? this.#encoder.whole(sample) : this.#encoder.next(sample, spacing);
    open.add(line, { time: snapshot.time, usage });
  }

  /** Drops the oldest member; false where the one that is being written is the only one. */
  drop(): boolean {
    if (this.#members.length < 2) return false;
    const [oldest] = this.#members.splice(0, 1);
    if (oldest !== undefined) this.#decoded.delete(oldest);
    return true;
  }

  /** Moves the times of all samples: a clock was set back. */
  shift(by: number): void {
    for (const { times } of this.#members) for (const [index, time] of times.entries()) times[index] = time + by;
  }

  /** The time of the last sample at or before a time. */
  sampleAt(time: number): number | undefined {
    const member = this.#members.findLast(({ times }) => (times[0] ?? time + 1) <= time);
    return member?.times.findLast((each) => each <= time);
  }

  /** The time of the first sample after a time. */
  sampleAfter(time: number): number | undefined {
    const member = this.#members.find(({ times }) => (times.at(-1) ?? time) > time);
    return member?.times.find((each) => each > time);
  }

  /** The times of up to `most` samples, the last ones at or before a time, oldest first. */
  lastTimes(time: number, most: number): readonly number[] {
    const found: number[] = [];
    for (const { times } of this.#members.toReversed()) {
      for (let index = times.length - 1; index >= 0 && found.length < most; index -= 1) {
        if ((times[index] ?? 0) <= time) found.push(times[index] ?? 0);
      }
      if (found.length >= most) break;
    }
    return found.reverse();
  }

  /** The samples from one time to another, both included, oldest first. */
  snapshots(from: number, to: number): Snapshot[] {
    const found: Snapshot[] = [];
    for (const member of this.#members) {
      const { times } = member;
      if ((times[0] ?? to + 1) > to || (times.at(-1) ?? from - 1) < from) continue;
      const last = times.findLastIndex((time) => time <= to);
      const snapshots = this.#decodedUpTo(member, last);
      for (const [index, time] of times.entries()) {
        const snapshot = snapshots[index];
        if (snapshot === undefined || time < from || time > to) continue;
        found.push(snapshot.time === time ? snapshot : { ...snapshot, time });
      }
    }
    return found;
  }

  /** Frees the decoded samples. */
  forget(): void {
    this.#decoded.clear();
  }

  #openFor({ monotonic }: Snapshot): MemoryMember {
    const open = this.#members.at(-1);
    if (open !== undefined && monotonic - open.since < this.#options.memberLasts && open.size < LARGEST_MEMBER)
      return open;
    open?.close();
    const next = new MemoryMember(monotonic);
    this.#members.push(next);
    return next;
  }

  /** The samples of a member up to an index, at least. */
  #decodedUpTo(member: MemoryMember, index: number): readonly Snapshot[] {
    const decoded = this.#decoded.get(member) ?? { decoder: new Decoder(), snapshots: [] };
    // The one that was used last is the last to be freed.
    this.#decoded.delete(member);
    this.#decoded.set(member, decoded);
    for (const old of this.#decoded.keys()) if (this.#decoded.size > MOST_DECODED) this.#decoded.delete(old);
    const { decoder, snapshots } = decoded;
    if (snapshots.length <= index) {
      for (const line of member.lines().slice(snapshots.length, index + 1)) snapshots.push(decoder.decode(line));
    }
    return snapshots;
  }
}

/** In tenths of a millisecond: more digits would take a fifth of the memory. */
function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
