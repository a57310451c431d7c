// A recording as the screen goes back and forth in it: its samples are indexed piece by piece while it is shown.
import { gaugeOf, usedFraction } from '../model/cgroup/gauge.ts';
import { Notable } from '../model/recall/notable.ts';
import type { Recorded, RecordedEvent } from '../model/recall/recorded.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { existing } from '../numbers/existing.ts';
import type { Playback } from './playback.ts';
import { usageCells } from './usage-cells.ts';

/** Samples that lead to one: all of the last ones, and of those before one in each span of time. Milliseconds. */
const LEAD = 15 * 60_000;
const WHOLE_LEAD = 180;
const LEAD_SPACING = 15_000;

/** Events that are kept. */
const MOST_EVENTS = 10_000;

/** Parts whose snapshots are kept decoded: as many as lead to a sample. */
const DECODED = 5;

/** A sample on a time axis without steps back: where the clock was set back, later times are moved by as much. */
interface Indexed {
  readonly time: number;
  readonly monotonic: number;
  /** The fraction of memory in use; NaN where unknown. */
  readonly usage: number;
}

/** A part of the file, and the index of its first sample. */
interface IndexedPart {
  readonly part: number;
  readonly first: number;
}

export class RecordedFile implements Recorded {
  readonly #playback: Playback;
  readonly #played: Generator<{ readonly snapshot: Snapshot; readonly part: number }, void, void>;
  readonly #samples: Indexed[] = [];
  readonly #parts: IndexedPart[] = [];
  readonly #events: RecordedEvent[] = [];
  readonly #notable = new Notable();
  /** The snapshots of some parts, the last one used at the end. */
  readonly #decoded = new Map<number, readonly Snapshot[]>();
  /** What is added to the times of the recorded machine. */
  #shift = 0;
  isWhole = false;

  constructor(playback: Playback) {
    this.#playback = playback;
    this.#played = playback.parts(0);
  }

  /** Indexes samples for some milliseconds, or until there is one after a time. */
  index(milliseconds: number, until = Number.POSITIVE_INFINITY): void {
    const end = performance.now() + milliseconds;
    while (!this.isWhole && performance.now() < end && (this.#samples.at(-1)?.time ?? until) <= until) {
      const next = this.#played.next();
      if (next.done === true) this.isWhole = true;
      else this.#add(next.value.snapshot, next.value.part);
    }
  }

  get range(): Recorded['range'] {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    return first === undefined || last === undefined ? undefined : { begin: first.time, end: last.time };
  }

  get events(): readonly RecordedEvent[] {
    return this.#events;
  }

  sampleAt(time: number): number | undefined {
    return (this.#samples[this.#after(time) - 1] ?? this.#samples[0])?.time;
  }

  sampleBefore(time: number): number | undefined {
    return this.#samples[this.#after(time - 1) - 1]?.time;
  }

  sampleAfter(time: number): number | undefined {
    return this.#samples[this.#after(time)]?.time;
  }

  usage(from: number, to: number, cells: number): readonly number[] {
    return usageCells(this.#samples.slice(Math.max(0, this.#after(from) - 1), this.#after(to) + 1), {
      from,
      to,
      cells,
    });
  }

  leadingTo(time: number): readonly Snapshot[] {
    const last = Math.max(0, this.#after(time) - 1);
    if (this.#samples.length === 0) return [];
    const first = Math.min(last, this.#after(existing(this.#samples[last]).time - LEAD - 1));
    const whole = Math.max(first, last - WHOLE_LEAD + 1);
    let next = Number.NEGATIVE_INFINITY;
    const found: Snapshot[] = [];
    for (let index = first; index <= last; index += 1) {
      const { time: at } = existing(this.#samples[index]);
      if (index < whole && at < next) continue;
      next = at + LEAD_SPACING;
      found.push(...this.#snapshots(index, index));
    }
    return found;
  }

  between(after: number, to: number): readonly Snapshot[] {
    return this.#snapshots(this.#after(after), this.#after(to) - 1);
  }

  #add(snapshot: Snapshot, part: number): void {
    const before = this.#samples.at(-1);
    const time = snapshot.time + this.#shift;
    if (before !== undefined && time <= before.time) {
      this.#shift += before.time - time + Math.max(1, Math.round(snapshot.monotonic - before.monotonic));
    }
    if (this.#parts.at(-1)?.part !== part) this.#parts.push({ part, first: this.#samples.length });
    const gauge = gaugeOf(snapshot.system, false);
    const usage = gauge === undefined ? Number.NaN : usedFraction(gauge);
    this.#samples.push({ time: snapshot.time + this.#shift, monotonic: snapshot.monotonic, usage });
    for (const event of this.#notable.advance(snapshot)) this.#note({ ...event, time: event.time + this.#shift });
  }

  #note(event: RecordedEvent): void {
    const at = this.#events.findLastIndex(({ time }) => time <= event.time) + 1;
    if (this.#events.length < MOST_EVENTS) this.#events.splice(at, 0, event);
  }

  /** The index of the first sample after a time. */
  #after(time: number): number {
    let [low, high] = [0, this.#samples.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (existing(this.#samples[middle]).time <= time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The snapshots of samples from one index to another. */
  #snapshots(from: number, to: number): readonly Snapshot[] {
    const found: Snapshot[] = [];
    let at = Math.max(
      0,
      this.#parts.findLastIndex(({ first }) => first <= from),
    );
    for (let index = from; index <= to; index += 1) {
      while ((this.#parts[at + 1]?.first ?? Number.POSITIVE_INFINITY) <= index) at += 1;
      const { part, first } = existing(this.#parts[at]);
      const snapshot = this.#snapshotsOf(part)[index - first];
      const sample = this.#samples[index];
      if (snapshot === undefined || sample === undefined) break;
      found.push({ ...snapshot, time: sample.time, monotonic: sample.monotonic });
    }
    return found;
  }

  #snapshotsOf(part: number): readonly Snapshot[] {
    const known = this.#decoded.get(part);
    this.#decoded.delete(part);
    const snapshots = known ?? this.#decode(part);
    this.#decoded.set(part, snapshots);
    const [oldest] = this.#decoded.keys();
    if (this.#decoded.size > DECODED && oldest !== undefined) this.#decoded.delete(oldest);
    return snapshots;
  }

  #decode(wanted: number): readonly Snapshot[] {
    const found: Snapshot[] = [];
    for (const { snapshot, part } of this.#playback.parts(wanted)) {
      if (part !== wanted) break;
      found.push(snapshot);
    }
    return found;
  }
}
