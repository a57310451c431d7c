// Arrays for intermediate values of one judgement at a time: thousands of judgements a tick allocate hardly any memory.

/** The arrays of one length: those that were made so far, and how many of them are in use. */
interface Shelf {
  readonly arrays: Float64Array[];
  used: number;
  round: number;
}

/** Lends arrays until they are all taken back at once. The values of a lent array are those of its last use. */
export class Workspace {
  readonly #shelves: (Shelf | undefined)[] = [];
  #round = 0;

  /** An array of the given length that nothing else uses until the next `clear`. */
  take(length: number): Float64Array {
    let shelf = this.#shelves[length];
    if (shelf === undefined) {
      shelf = { arrays: [], used: 0, round: this.#round };
      this.#shelves[length] = shelf;
    }
    if (shelf.round !== this.#round) {
      shelf.round = this.#round;
      shelf.used = 0;
    }
    let array = shelf.arrays[shelf.used];
    if (array === undefined) {
      array = new Float64Array(length);
      shelf.arrays.push(array);
    }
    shelf.used += 1;
    return array;
  }

  /** Takes all arrays back: what was made of them must no longer be in use. */
  clear(): void {
    this.#round += 1;
  }
}

/** An array of the workspace, or a new one where there is no workspace. */
export function arrayOf(length: number, workspace: Workspace | undefined): Float64Array {
  return workspace?.take(length) ?? new Float64Array(length);
}
