// Cuts a pass over thousands of processes into slices, between which the event loop serves keys and timers.

/** Milliseconds of a slice; another file or two still fit below 8 ms, which is not noticeable. */
const LENGTH = 6;

/** Reading the clock costs time too: once in this many steps is enough. */
const STEPS = 16;

export class Slices {
  readonly #signal: AbortSignal;
  #end: number;
  #steps = 0;
  /** Monotonic milliseconds, good to a fraction of a millisecond. */
  now: number;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    this.now = performance.now();
    this.#end = this.now + LENGTH;
  }

  /** To be called before every step. */
  isOver(): boolean {
    if (++this.#steps % STEPS !== 0) return false;
    this.now = performance.now();
    return this.now >= this.#end;
  }

  /**
   * Lets the event loop run once.
   *
   * @throws the signal's reason when it was aborted meanwhile.
   */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#signal.throwIfAborted();
    this.now = performance.now();
    this.#end = this.now + LENGTH;
  }
}
