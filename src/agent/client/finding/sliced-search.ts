// A search for agents that delays nothing else: in slices, and only for part of each tick.
import type { Finder } from './found.ts';

/** Milliseconds of a slice, with keys and drawing in between, and of all slices in one tick. */
export const SLICE = 8;
const BUDGET = 100;

export class SlicedSearch {
  readonly #finder: Finder;
  #search: Generator<undefined, void, void> | undefined;
  #running: Promise<void> | undefined;

  constructor(finder: Finder) {
    this.#finder = finder;
  }

  /** Whether a search is unfinished. */
  get isUnfinished(): boolean {
    return this.#search !== undefined;
  }

  /** Continues or starts a search, for as long as a tick may spend on it. Only one at a time. */
  goOn(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Leaves it as it is. */
  drop(): void {
    this.#search?.return();
    this.#search = undefined;
  }

  async #run(): Promise<void> {
    this.#search ??= this.#finder.search?.();
    for (let spent = 0; spent < BUDGET; ) {
      spent += this.#slice();
      if (this.#search === undefined) return;
      await nextTurn();
    }
  }

  /** Returns how long it took. */
  #slice(): number {
    const begun = performance.now();
    let now = begun;
    while (this.#search !== undefined && now - begun < SLICE) {
      if (this.#search.next().done === true) this.#search = undefined;
      now = performance.now();
    }
    return now - begun;
  }
}

/** Lets everything else that is due go first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
