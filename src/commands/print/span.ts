// The time of `--for`: samples on the interval, and the last one when the time is over.
import type { Snapshot } from '../../model/snapshot/snapshot.ts';

/** Milliseconds that timers may be early or late by. */
const SLACK = 10;

export class Span {
  /** Milliseconds until the next sample. */
  wait: number;
  /** Whether the next sample is the last: the one that is printed. */
  isLast = false;
  samples = 0;
  readonly #milliseconds: number;
  readonly #interval: number;
  readonly #latest: number;
  #first: number | undefined;

  /** @param interval milliseconds between two samples, not more than the whole */
  constructor(milliseconds: number, interval: number, now = performance.now()) {
    this.#milliseconds = milliseconds;
    this.#interval = interval;
    this.wait = interval;
    this.#latest = now + milliseconds + interval;
  }

  /** Records a sample. True when it is the one to print: the samples then cover the whole time. */
  isOver({ monotonic }: Pick<Snapshot, 'monotonic'>, now = performance.now()): boolean {
    this.samples += 1;
    this.#first ??= monotonic;
    const rest = this.#milliseconds - (monotonic - this.#first);
    if (this.isLast && (rest <= 0 || now >= this.#latest)) return true;
    this.isLast = rest <= this.#interval + SLACK || now + this.#interval >= this.#latest;
    this.wait = this.isLast ? Math.max(0, Math.min(rest, this.#interval)) + SLACK : this.#interval;
    return false;
  }
}
