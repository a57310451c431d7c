// One number over a run of any length, in bounded memory: its highest value in equal parts of time, and its newest readings.
import { existing } from '../../numbers/existing.ts';
import { type Judgement, judge, LONGEST_WINDOW } from '../growth/growth.ts';

/** Milliseconds of a part at the beginning; they double when there are too many parts. */
const FIRST_PART = 50;
const MOST_PARTS = 960;
/** Milliseconds between two readings that growth is judged by. */
const LEAST_STEP = 100;
/** Growth is not known before this many readings over this many milliseconds. */
const FEWEST_READINGS = 5;
const SHORTEST_WINDOW = 4000;

export class RunCurve {
  #parts: number[] = [];
  #part = FIRST_PART;
  #times: number[] = [];
  #values: number[] = [];
  #last = Number.NaN;

  /** @param at milliseconds since the run began, never less than before */
  take(at: number, value: number): void {
    this.#last = value;
    while (at >= this.#part * MOST_PARTS) this.#halve();
    const index = Math.floor(at / this.#part);
    while (this.#parts.length <= index) this.#parts.push(Number.NaN);
    if (!(existing(this.#parts[index]) >= value)) this.#parts[index] = value;
    const before = this.#times.at(-1);
    if (before !== undefined && at - before < LEAST_STEP) return;
    this.#times.push(at);
    this.#values.push(value);
    this.#dropOld(at);
  }

  /** The newest value; NaN without one. */
  get last(): number {
    return this.#last;
  }

  /** The highest value in each of `count` equal parts of the time up to `end`; a value stands until the next reading. */
  cells(count: number, end: number): number[] {
    let standing = Number.NaN;
    return Array.from({ length: count }, (_, cell) => {
      const from = Math.floor((cell * end) / count / this.#part);
      const to = Math.max(from + 1, Math.floor(((cell + 1) * end) / count / this.#part));
      const values = this.#parts.slice(from, to).filter((value) => !Number.isNaN(value));
      if (values.length > 0) standing = Math.max(...values);
      return standing;
    });
  }

  /** The middle of the readings in the last `span` milliseconds; undefined without one. */
  median(span: number): number | undefined {
    const from = (this.#times.at(-1) ?? 0) - span;
    const values = this.#values.filter((_, index) => existing(this.#times[index]) >= from);
    if (values.length === 0) return undefined;
    values.push(this.#last);
    return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
  }

  /** How it grows and in which pattern, by the last 15 minutes; undefined where there is too little to say. */
  judge(interval: number): Judgement | undefined {
    const [first, now] = [this.#times[0], this.#times.at(-1)];
    if (first === undefined || now === undefined) return undefined;
    if (this.#times.length < FEWEST_READINGS || now - first < SHORTEST_WINDOW) return undefined;
    const readings = {
      times: Float64Array.from(this.#times),
      values: Float64Array.from(this.#values),
      count: this.#times.length,
    };
    return judge(readings, { since: first, now, interval: Math.max(interval, LEAST_STEP) });
  }

  #halve(): void {
    const parts = this.#parts;
    this.#part *= 2;
    this.#parts = Array.from({ length: Math.ceil(parts.length / 2) }, (_, index) => {
      const [one, other = Number.NaN] = [existing(parts[index * 2]), parts[index * 2 + 1]];
      return Number.isNaN(one) || other > one ? other : one;
    });
  }

  #dropOld(now: number): void {
    const old = this.#times.findIndex((time) => time >= now - LONGEST_WINDOW);
    // Moving all of them for each one that leaves would cost more than the memory of a tenth more.
    if (old * 10 < this.#times.length) return;
    this.#times = this.#times.slice(old);
    this.#values = this.#values.slice(old);
  }
}
