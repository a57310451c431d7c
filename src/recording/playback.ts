// Reads a recording as snapshots in order, and notes what is damaged or not verified.
import { UserError } from '../errors/user-error.ts';
import { Decoder } from '../formats/recording/decoder.ts';
import { RecordingError } from '../formats/recording/recording.ts';
import { Plausible } from '../model/snapshot/plausible.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { partsOf, type RecordedPart } from './recorded-files.ts';

/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** What is missing from a recording, or not verified. */
export interface Loss {
  /** One sentence for each file with damaged parts. */
  readonly damage: readonly string[];
  /** The last part has no checksum: the recorder was killed or is still running. */
  readonly hasUnverifiedTail: boolean;
}

/** Plays a recording. */
export class Playback {
  readonly #parts: readonly RecordedPart[];
  readonly #damaged = new Set<RecordedPart>();
  #hasUnverifiedTail = false;
  /** Added to the monotonic clock of later runs of the recorder, so that it never goes back. */
  #offset = 0;

  /** @throws UserError when the file does not exist or is not a recording */
  constructor(path: string) {
    this.#parts = partsOf(path);
  }

  /** When the first sample was taken, in milliseconds since the epoch. */
  get begin(): number {
    const begin = this.#parts[0]?.time;
    if (begin !== undefined) return begin;
    const { value } = this.snapshots().next();
    return value?.time ?? 0;
  }

  /** When the last one was taken. */
  get end(): number {
    let end = this.begin;
    for (const { time } of this.snapshots({ from: Number.POSITIVE_INFINITY })) end = time;
    return end;
  }

  /** The losses in the parts read so far. */
  get loss(): Loss {
    const paths = [...this.#damaged].map(({ path }) => path);
    const damage = [...new Set(paths)].map((path) => {
      const count = paths.filter((each) => each === path).length;
      return `${path}: ${count} damaged ${count === 1 ? 'part is' : 'parts are'} left out.`;
    });
    return { damage, hasUnverifiedTail: this.#hasUnverifiedTail };
  }

  /**
   * The snapshots from the part that contains the time `from` to the time `to`.
   *
   * @throws UserError when it was made by a newer memtop
   */
  *snapshots({ from, to = Number.POSITIVE_INFINITY }: Stretch = {}): Generator<Snapshot, void, void> {
    const plausible = new Plausible();
    const decoder = new Decoder();
    let before: Snapshot | undefined;
    for (const part of this.#parts.slice(this.#firstWith(from))) {
      const { lines, state } = part.read();
      if (state === 'damaged') this.#damaged.add(part);
      if (state === 'unfinished') this.#hasUnverifiedTail = true;
      for (const line of lines) {
        const snapshot = this.#decoded(decoder, line, part);
        if (snapshot === undefined) break;
        const placed = this.#inOrder(snapshot, before);
        if (placed.time > to) return;
        before = placed;
        yield plausible.check(placed);
      }
    }
  }

  /** The index of the part that contains a time. Documents of `-o ndjson` are read from the beginning. */
  #firstWith(time: number | undefined): number {
    if (time === undefined) return 0;
    const next = this.#parts.findIndex((part) => part.time === undefined || part.time > time);
    return Math.max(0, next === -1 ? this.#parts.length - 1 : next - 1);
  }

  /** Undefined for a damaged line. The rest of the part depends on it and is left out. */
  #decoded(decoder: Decoder, line: string, part: RecordedPart): Snapshot | undefined {
    try {
      return decoder.decode(line);
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
      if (error.isNewer) throw new UserError(`${part.path} was made by a newer version of memtop.`, 'Upgrade memtop.');
      this.#damaged.add(part);
      return undefined;
    }
  }

  /** Each run of the recorder starts its monotonic clock near 0. */
  #inOrder(snapshot: Snapshot, before: Snapshot | undefined): Snapshot {
    if (before !== undefined && snapshot.monotonic + this.#offset < before.monotonic) {
      this.#offset = before.monotonic + Math.max(0, snapshot.time - before.time) - snapshot.monotonic;
    }
    return this.#offset === 0 ? snapshot : { ...snapshot, monotonic: snapshot.monotonic + this.#offset };
  }
}
