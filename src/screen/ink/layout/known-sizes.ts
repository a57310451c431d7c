// The sizes a node took in the spaces it got, so that it is laid out again only in a space that it does not know.

import { ANY_SIZE, AT_MOST, EXACT_SIZE, type SizeMode } from './constants.ts';
import { areClose, wholeCells } from './lengths.ts';

/** What a node gets to lay itself out in, its margins included; NaN for a size that is not limited. */
export interface AvailableSize {
  readonly width: number;
  readonly height: number;
  readonly widthMode: SizeMode;
  readonly heightMode: SizeMode;
}

/** The size that came of a space. */
export interface KnownSize {
  readonly space: AvailableSize;
  readonly width: number;
  readonly height: number;
}

/** How many measurements of a node are kept; then the oldest are replaced. */
const MOST_MEASURED = 8;

export class KnownSizes {
  #laidOut: KnownSize | undefined;
  readonly #measured: KnownSize[] = [];
  #next = 0;

  forget(): void {
    this.#laidOut = undefined;
    this.#measured.length = 0;
    this.#next = 0;
  }

  /** The size of a box in a space, if it is known. */
  ofBox(space: AvailableSize, isLayout: boolean): KnownSize | undefined {
    if (!isLayout) return this.#measured.find((known) => isSameSpace(known.space, space));
    return this.#laidOut !== undefined && isSameSpace(this.#laidOut.space, space) ? this.#laidOut : undefined;
  }

  /** The size of a text, which also follows from that in a larger space if it did not use it all. */
  ofText(space: AvailableSize, marginWidth: number, marginHeight: number): KnownSize | undefined {
    const isUsable = (known: KnownSize) =>
      known.width >= 0 &&
      known.height >= 0 &&
      follows(
        { mode: space.widthMode, size: space.width, margin: marginWidth },
        { mode: known.space.widthMode, size: known.space.width, taken: known.width },
      ) &&
      follows(
        { mode: space.heightMode, size: space.height, margin: marginHeight },
        { mode: known.space.heightMode, size: known.space.height, taken: known.height },
      );
    if (this.#laidOut !== undefined && isUsable(this.#laidOut)) return this.#laidOut;
    return this.#measured.find(isUsable);
  }

  add(known: KnownSize, isLayout: boolean): void {
    if (this.#next === MOST_MEASURED) {
      this.#measured.length = 0;
      this.#next = 0;
    }
    if (isLayout) this.#laidOut = known;
    else this.#measured[this.#next++] = known;
  }
}

function isSameSpace(a: AvailableSize, b: AvailableSize): boolean {
  return (
    a.widthMode === b.widthMode &&
    a.heightMode === b.heightMode &&
    areClose(a.width, b.width) &&
    areClose(a.height, b.height)
  );
}

interface Wanted {
  readonly mode: SizeMode;
  readonly size: number;
  readonly margin: number;
}

interface Known {
  readonly mode: SizeMode;
  readonly size: number;
  readonly taken: number;
}

/** Whether a text takes the same cells along one axis as in a space that is known. */
function follows(wanted: Wanted, known: Known): boolean {
  const inner = wanted.size - wanted.margin;
  if (known.mode === wanted.mode && areClose(rounded(known.size), rounded(wanted.size))) return true;
  if (wanted.mode === EXACT_SIZE) return areClose(inner, known.taken);
  if (wanted.mode !== AT_MOST || !(known.taken <= inner || areClose(inner, known.taken))) return false;
  return known.mode === ANY_SIZE || (known.mode === AT_MOST && known.size > inner);
}

const rounded = (size: number) => wholeCells(size, 'nearest');
