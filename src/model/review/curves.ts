// The curves of a review, thinned: of each part of the span the lowest and the highest value, so that no peak is lost.
import { gaugeOf } from '../cgroup/gauge.ts';
import type { Row } from '../rows/row.ts';
import { hasExited } from '../snapshot/process-state.ts';
import type { Identity, Snapshot } from '../snapshot/snapshot.ts';
import { Steps } from './steps.ts';

/** A part of the span in which samples were taken: the first and the last of them, in milliseconds since the epoch. */
export interface SampledPart {
  readonly first: number;
  readonly last: number;
  /** True when nothing was recorded for a while before it. */
  readonly isAfterGap: boolean;
}

/**
 * Two values for each sampled part, beginning with that at the index `start`: the lowest and the highest, in the order of
 * time. NaN where unknown.
 */
export interface ThinCurve {
  readonly start: number;
  readonly pairs: readonly number[];
}

/** The most curves of ended processes that are kept: those with the largest peaks. */
const MOST = 2000;

/** A curve that is still being written. */
class GrowingCurve implements ThinCurve {
  readonly start: number;
  readonly pairs: number[] = [];
  peak = 0;

  constructor(start: number) {
    this.start = start;
  }

  /** The index after its newest part. */
  get end(): number {
    return this.start + this.pairs.length / 2;
  }

  /** Takes a value of the part at an index, which is the newest part or a later one. */
  take(index: number, value: number): void {
    this.peak = Math.max(this.peak, value);
    while (this.end < index) this.pairs.push(Number.NaN, Number.NaN);
    if (this.end === index) this.pairs.push(value, value);
    else this.#widen(value);
  }

  /** The newest extreme comes last. */
  #widen(value: number): void {
    const at = this.pairs.length - 2;
    const [one = value, other = value] = this.pairs.slice(at);
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    if (value > high) this.pairs.splice(at, 2, low, value);
    else if (value < low) this.pairs.splice(at, 2, high, value);
  }
}

/** Takes snapshots of a span and their rows in order. Values are bytes. */
export class Curves {
  readonly #from: number;
  readonly #span: number;
  readonly #most: number;
  readonly #steps = new Steps();
  readonly #parts: SampledPart[] = [];
  readonly #curves = new Map<string, GrowingCurve>();
  readonly #used = new GrowingCurve(0);
  readonly #swap = new GrowingCurve(0);
  #part = -1;

  /** @param most parts of the span */
  constructor(from: number, to: number, most: number) {
    this.#from = from;
    this.#span = Math.max(1, to - from);
    this.#most = most;
  }

  /** Oldest first. */
  get parts(): readonly SampledPart[] {
    return this.#parts;
  }

  /** Used memory of the machine, or of the limit in force. */
  get used(): ThinCurve {
    return this.#used;
  }

  /** Used swap. */
  get swap(): ThinCurve {
    return this.#swap;
  }

  /** The RSS of a process; undefined for one that was small and ended. */
  curveOf(who: Identity): ThinCurve | undefined {
    return this.#curves.get(keyOf(who));
  }

  take(snapshot: Snapshot, rows: readonly Row[]): void {
    const index = this.#indexAt(snapshot.time);
    const { swapTotal, swapFree } = snapshot.system;
    this.#used.take(index, gaugeOf(snapshot.system)?.used ?? Number.NaN);
    this.#swap.take(index, swapTotal === undefined || swapFree === undefined ? Number.NaN : swapTotal - swapFree);
    for (const { process } of rows) {
      if (hasExited(process.state)) continue;
      const key = keyOf(process.who);
      let curve = this.#curves.get(key);
      if (curve === undefined) {
        curve = new GrowingCurve(index);
        this.#curves.set(key, curve);
      }
      curve.take(index, process.rss);
    }
    if (this.#curves.size > MOST * 2) this.#dropSmall(index);
  }

  /** The index of the part to which a sample belongs. One that a clock put back in time belongs to the newest. */
  #indexAt(time: number): number {
    const isAfterGap = this.#steps.isAfterGap(time);
    const part = Math.min(this.#most - 1, Math.floor(((time - this.#from) / this.#span) * this.#most));
    const newest = this.#parts.at(-1);
    if (newest === undefined || part > this.#part) {
      this.#part = part;
      this.#parts.push({ first: time, last: time, isAfterGap });
    } else {
      this.#parts[this.#parts.length - 1] = { ...newest, last: Math.max(newest.last, time) };
    }
    return this.#parts.length - 1;
  }

  #dropSmall(index: number): void {
    const ended = [...this.#curves].filter(([, { end }]) => end <= index);
    ended.sort(([, one], [, other]) => one.peak - other.peak);
    for (const [key] of ended.slice(0, Math.max(0, ended.length - MOST))) this.#curves.delete(key);
  }
}

function keyOf({ pid, startTime }: Identity): string {
  return `${pid} ${startTime}`;
}
