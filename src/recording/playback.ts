// Reads a recording as snapshots in order, and notes what is damaged or not verified.
import { UserError } from '../errors/user-error.ts';
import { Decoder } from '../formats/recording/decoder.ts';
import { RecordingError } from '../formats/recording/recording.ts';
import { Plausible } from '../model/snapshot/plausible.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { existing } from '../numbers/existing.ts';
import { type Loss, Losses } from './loss.ts';
import { notRecording, partsOf } from './recorded-files.ts';
import type { RecordedMember, RecordedPart } from './recorded-part.ts';

/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Plays a recording. */
export class Playback {
  readonly #path: string;
  readonly #parts: readonly RecordedPart[];
  readonly #losses = new Losses();
  /** Added to the monotonic clock of later runs of the recorder, so that it never goes back. */
  #offset = 0;
  #begin: number | undefined;
  #end: number | undefined;

  /** @throws UserError when the file does not exist or is not a recording */
  constructor(path: string) {
    this.#path = path;
    this.#parts = partsOf(path);
  }

  /**
   * When the first sample was taken, in milliseconds since the epoch.
   *
   * @throws UserError when the file is not a recording or has no sample yet
   */
  get begin(): number {
    if (this.#begin !== undefined) return this.#begin;
    const { value } = this.snapshots().next();
    if (value === undefined) this.#refuse();
    this.#begin = value?.time ?? this.#parts[0]?.time ?? 0;
    return this.#begin;
  }

  /** Without a sample a recording is refused, but not where damaged data may have been some. */
  #refuse(): void {
    const path = this.#path;
    if (this.loss.damage.length === 0)
      throw new UserError(`${path} ends before its first sample.`, 'Nothing has been recorded in it yet.');
    if (this.#parts.every(({ kind }) => kind === 'stream')) throw notRecording(path);
  }

  /** When the last one was taken. */
  get end(): number {
    if (this.#end !== undefined) return this.#end;
    let end = this.begin;
    for (const { time } of this.snapshots({ from: Number.POSITIVE_INFINITY })) end = time;
    this.#end = end;
    return end;
  }

  /** The earliest and the latest time of a sample: where the clock was set back, not those of the first and the last. */
  get span(): { readonly earliest: number; readonly latest: number } {
    const times = this.#parts.map(({ time }) => time).filter((time) => time !== undefined);
    return { earliest: Math.min(this.begin, ...times), latest: Math.max(this.end, ...times) };
  }

  /** The losses in the parts read so far. */
  get loss(): Loss {
    return this.#losses.loss;
  }

  /**
   * The snapshots from the part that contains the time `from` to the time `to`, in the order in which they were taken.
   *
   * @throws UserError when it was made by a newer memtop
   */
  *snapshots({ from, to = Number.POSITIVE_INFINITY }: Stretch = {}): Generator<Snapshot, void, void> {
    for (const { snapshot } of this.#played(this.#firstWith(from), to)) yield snapshot;
  }

  /** The snapshots from a part on, each with the index of its part: from the first of a part it plays the same again. */
  parts(first: number): Generator<{ readonly snapshot: Snapshot; readonly part: number }, void, void> {
    return this.#played(first, Number.POSITIVE_INFINITY);
  }

  *#played(first: number, to: number): Generator<{ readonly snapshot: Snapshot; readonly part: number }, void, void> {
    const plausible = new Plausible();
    const decoder = new Decoder();
    let before: Snapshot | undefined;
    this.#losses.begin();
    for (const { index, part, member, isLastBefore } of this.#members(first, to)) {
      if (member.state === 'damaged') this.#losses.damaged(part, before?.time);
      if (member.state === 'unfinished' || member.followedBy === 'cut') this.#losses.unverified();
      for (const line of member.lines) {
        const snapshot = this.#decoded(decoder, line, part, before);
        if (snapshot === undefined) continue;
        const placed = this.#inOrder(snapshot, before);
        if (placed.time > to && isLastBefore) return;
        this.#losses.good(placed.time);
        before = placed;
        if (placed.time <= to) yield { snapshot: plausible.check(placed), part: index };
      }
      if (member.followedBy === 'damage') this.#losses.damaged(part, before?.time);
    }
  }

  /**
   * The members from the part at an index on. What only looks like the header of one, within another, is passed over.
   * `isLastBefore` is true when no later part begins by the time `to`.
   */
  *#members(first: number, to: number) {
    for (let index = first; index < this.#parts.length; index += 1) {
      const part = existing(this.#parts[index]);
      const member = part.read();
      const found = index;
      while (member.state !== 'damaged' && this.#isWithin(index + 1, part, member)) index += 1;
      const isLastBefore = !this.#parts.slice(index + 1).some(({ time }) => time === undefined || time <= to);
      yield { index: found, part, member, isLastBefore };
    }
  }

  #isWithin(index: number, part: RecordedPart, { size }: RecordedMember): boolean {
    const other = this.#parts[index];
    return other !== undefined && other.path === part.path && other.at < part.at + size;
  }

  /**
   * The index of the part that contains a time. Headers are not verified: the time of the first snapshot counts, and a
   * part that is damaged is read together with the one before it.
   */
  #firstWith(time: number | undefined): number {
    if (time === undefined) return 0;
    const next = this.#parts.findIndex((part) => part.time === undefined || part.time > time);
    let index = Math.max(0, next === -1 ? this.#parts.length - 1 : next - 1);
    while (index > 0 && !this.#beginsBy(existing(this.#parts[index]), time)) index -= 1;
    return index;
  }

  #beginsBy(part: RecordedPart, time: number): boolean {
    const [line] = part.read().lines;
    if (line === undefined) return false;
    try {
      return new Decoder().decode(line).time <= time;
    } catch (error) {
      // One of a newer version is refused when it is played.
      return error instanceof RecordingError && error.isNewer;
    }
  }

  /** Undefined for a damaged line. */
  #decoded(decoder: Decoder, line: string, part: RecordedPart, before: Snapshot | undefined): Snapshot | undefined {
    try {
      return decoder.decode(line);
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      if (error.isNewer) throw new UserError(`${part.path} was made by a newer version of memtop.`, 'Upgrade memtop.');
      this.#losses.damaged(part, before?.time);
      return undefined;
    }
  }

  /** Each run of the recorder starts its monotonic clock near 0. */
  #inOrder(snapshot: Snapshot, before: Snapshot | undefined): Snapshot {
    if (before !== undefined && snapshot.time < before.time) {
      this.#losses.setBack(before.time, snapshot.time, before.monotonic);
    }
    if (before !== undefined && snapshot.monotonic + this.#offset < before.monotonic) {
      this.#offset = before.monotonic + Math.max(0, snapshot.time - before.time) - snapshot.monotonic;
    }
    return this.#offset === 0 ? snapshot : { ...snapshot, monotonic: snapshot.monotonic + this.#offset };
  }
}
