// Notices that a sample is overdue, which nothing else would: the loop that waits for it reports nothing meanwhile.

/** Milliseconds between two reports while no sample comes. */
const AGAIN = 1000;

/** Counts from each sample on. */
export class Overdue {
  readonly #report: (silence: number) => void;
  #last = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param report is given the milliseconds since the last sample, every second once the next one is due for a second */
  constructor(report: (silence: number) => void) {
    this.#report = report;
  }

  /** A sample has come, the next one being due in `interval` milliseconds. */
  came(interval: number): void {
    this.#last = performance.now();
    this.#wait(interval + AGAIN);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#report(performance.now() - this.#last);
      this.#wait(AGAIN);
    }, milliseconds);
  }
}
