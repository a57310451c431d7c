// Makes the rows of a recorded sample, with rates, trends and growth computed again from the samples before it.
import { Obituaries, type Obituary } from '../oom/obituaries.ts';
import type { Row } from '../rows/row.ts';
import { Tracker } from '../rows/tracker.ts';
import type { Kill } from '../snapshot/oom-kill.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { Recorded } from './recorded.ts';

/** A recorded sample with its rows. The histories of its tracker grow when a later sample is recalled. */
export interface Recalled {
  readonly snapshot: Snapshot;
  readonly rows: readonly Row[];
  readonly tracker: Tracker;
  /** OOM kills until then, newest first. Those of the last minutes have the curve of the process. */
  readonly obituaries: readonly Obituary[];
}

/** Up to this many milliseconds ahead the samples between are gone through, which keeps the histories longer. */
const NEAR = 120_000;

/** Goes back and forth in what was recorded. Steps forward are cheap; any other begins with the samples that lead to it. */
export class Recall {
  readonly #recorded: Recorded;
  #tracker = new Tracker();
  #obituaries = new Obituaries();
  #last: Recalled | undefined;
  /** Milliseconds between the last two samples, by which the next one is expected. */
  #spacing: number | undefined;

  constructor(recorded: Recorded) {
    this.#recorded = recorded;
  }

  /** The sample at a time, the last one before it, or the first of all. Undefined while nothing is recorded. */
  at(time: number): Recalled | undefined {
    const wanted = this.#recorded.sampleAt(time);
    if (wanted === undefined) return undefined;
    const shown = this.#last?.snapshot.time;
    if (shown !== wanted) this.#follow(this.#samplesTo(wanted, shown));
    return this.#last;
  }

  /** Forgets the last sample and its histories. */
  forget(): void {
    this.#tracker = new Tracker();
    this.#obituaries = new Obituaries();
    this.#last = undefined;
    this.#spacing = undefined;
  }

  #samplesTo(wanted: number, shown: number | undefined): readonly Snapshot[] {
    if (shown !== undefined && wanted > shown && wanted - shown <= NEAR) {
      const samples = this.#recorded.between(shown, wanted);
      if (samples.length > 0) return samples;
    }
    this.forget();
    return this.#recorded.leadingTo(wanted);
  }

  #follow(samples: readonly Snapshot[]): void {
    // Cells of trends are as short as the samples are close in the end.
    const finest = spacingOf(samples.at(-2), samples.at(-1));
    for (const snapshot of samples) {
      const spacing = spacingOf(this.#last?.snapshot, snapshot);
      const rows = this.#tracker.advance(
        snapshot,
        this.#spacing ?? spacing ?? finest ?? this.#spacingAfter(snapshot) ?? FALLBACK,
      );
      this.#spacing = spacing ?? finest;
      this.#obituaries.advance(snapshot, rows, this.#tracker.timeline);
      this.#last = { snapshot, rows, tracker: this.#tracker, obituaries: [] };
    }
    if (this.#last !== undefined) this.#last = { ...this.#last, obituaries: this.#killsUntil(this.#last.snapshot) };
  }

  /** The kills that the samples show that were gone through, and earlier ones, of which only the event is known. */
  #killsUntil({ time }: Snapshot): Obituary[] {
    const { list } = this.#obituaries;
    const known = new Set(list.map(({ kill }) => keyOf(kill)));
    const earlier = this.#recorded.events.flatMap(({ kill }) =>
      kill === undefined || kill.time > time || known.has(keyOf(kill)) ? [] : [{ kill }],
    );
    return [...list, ...earlier].sort((one, other) => other.kill.time - one.kill.time).slice(0, MOST_KILLS);
  }

  /** Of the first sample of all, the time until the next one. */
  #spacingAfter({ time }: Snapshot): number | undefined {
    const next = this.#recorded.sampleAfter(time);
    return next === undefined ? undefined : next - time;
  }
}

/** Kills that are shown at most. */
const MOST_KILLS = 100;

function keyOf({ time, pid }: Kill): string {
  return `${time} ${pid}`;
}

/** The spacing of a recording with a single sample. */
const FALLBACK = 1000;

function spacingOf(before: Snapshot | undefined, snapshot: Snapshot | undefined): number | undefined {
  if (before === undefined || snapshot === undefined) return undefined;
  return Math.max(1, snapshot.monotonic - before.monotonic);
}
