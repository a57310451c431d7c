// The time between samples, to tell a gap in which nothing was recorded from the usual interval.

/** A step longer than this many usual ones is a gap. */
const LONGEST_STEP = 3;

/** The usual step is the median of this many. */
const RECENT = 15;

/** Takes the times of samples in order. */
export class Steps {
  readonly #recent: number[] = [];
  #before: number | undefined;

  /** When the sample before was taken; undefined before the second. */
  get before(): number | undefined {
    return this.#before;
  }

  /** Takes the time of a sample in milliseconds. True when it follows a gap. */
  isAfterGap(time: number): boolean {
    const step = this.#before === undefined ? 0 : time - this.#before;
    this.#before = time;
    if (step <= 0) return false;
    const sorted = [...this.#recent].sort((one, other) => one - other);
    const usual = Math.max(sorted[sorted.length >> 1] ?? step, this.#recent.at(-1) ?? step);
    this.#recent.push(step);
    if (this.#recent.length > RECENT) this.#recent.shift();
    return step > usual * LONGEST_STEP;
  }
}
