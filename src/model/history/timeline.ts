// The time axis that all histories share: moments for readings, coarse cells of fixed spans for trends, and their memory.
import { Slab } from './slab.ts';

/** Coarse cells stored: enough for the widest trend column. */
export const CELLS = 32;

/** The time that the cells cover in the end; until then their span doubles as they fill. */
const COVERED = 10 * 60_000;
/** Pauses that are remembered. */
const MOST_PAUSES = 64;
/** A pause of this many intervals is a gap in the sampling and is drawn as one. */
const GAP_INTERVALS = 2.5;

/** One clock for every series. Cells are fixed spans of time, so that a value that does not move is not redrawn. */
export class Timeline {
  /** The memory of the histories. */
  readonly slab: Slab;
  /** Milliseconds on this axis of the newest tick and of the previous one; the axis begins a little before the first. */
  now = 0;
  previous = 0;
  /** When the sampling paused: from the last tick before to the first after it. Oldest first, on this axis. */
  readonly pauses: { readonly from: number; readonly to: number }[] = [];
  /** 1 where nothing was sampled during cell c, at c % CELLS. */
  readonly gaps = new Uint8Array(CELLS);
  /** Number of the newest tick; -1 before the first. */
  tick = -1;
  /** Number of the newest cell, and of the cell of the previous tick. */
  cell = 0;
  previousCell = 0;
  /** Milliseconds that one cell covers, and how often that has doubled. */
  span = 0;
  doublings = 0;
  /** When the first tick was, on the same scale as `now`. */
  began = 0;
  #origin = 0;
  #phases = 0;

  constructor(slab = new Slab()) {
    this.slab = slab;
  }

  /** The axis as it is now, with a copy of the histories. */
  copy(): Timeline {
    const copy = new Timeline(this.slab.copy());
    copy.pauses.push(...this.pauses);
    copy.gaps.set(this.gaps);
    const { now, previous, tick, cell, previousCell, span, doublings, began } = this;
    Object.assign(copy, { now, previous, tick, cell, previousCell, span, doublings, began });
    copy.#origin = this.#origin;
    copy.#phases = this.#phases;
    return copy;
  }

  /** A number from 0 to 1, a different one each time, evenly spread (multiples of the golden ratio). */
  nextPhase(): number {
    this.#phases += 1;
    return (this.#phases * 0.618_033_988_749_895) % 1;
  }

  /** Enters a new tick at `monotonic` milliseconds, samples being `interval` milliseconds apart. */
  advance(monotonic: number, interval: number): void {
    if (this.tick < 0) this.#begin(monotonic, interval);
    this.tick += 1;
    this.previous = this.tick === 0 ? this.at(monotonic) : this.now;
    this.now = Math.max(this.previous, this.at(monotonic));
    this.previousCell = this.cell;
    this.cell = Math.max(this.cell, this.cellOf(this.now));
    while (this.cell >= CELLS && CELLS * this.span < COVERED) this.#double();
    this.#markSkipped(this.now - this.previous > GAP_INTERVALS * interval);
  }

  /** Monotonic milliseconds on this axis, whole ones. */
  at(monotonic: number): number {
    return Math.round(monotonic - this.#origin);
  }

  /** The monotonic milliseconds of a moment on this axis. */
  monotonicOf(at: number): number {
    return at + this.#origin;
  }

  /** The cell in which a moment on this axis lies. */
  cellOf(at: number): number {
    return Math.floor(at / this.span);
  }

  /** How many stored cells make one drawn cell, so that `count` of them cover the time so far, 10 minutes in the end. */
  grouping(count: number): number {
    let group = 1;
    while (count * group < CELLS && count * group * this.span < COVERED && Math.floor(this.cell / group) >= count) {
      group *= 2;
    }
    return group;
  }

  /** Milliseconds that all cells together cover. */
  get longest(): number {
    return CELLS * this.span;
  }

  /** Milliseconds that a trend of `count` drawn cells covers. */
  covered(count: number): number {
    return count * this.grouping(count) * this.span;
  }

  /** How many of `count` drawn cells, the newest, are stored and lie in the time since the axis began: at least one. */
  known(count: number): number {
    const group = this.grouping(count);
    return Math.min(count, Math.ceil(CELLS / group), Math.floor(this.cell / group) + 1);
  }

  /** In which of `count` drawn cells, counted from the left, a moment lies; undefined when in none of them. */
  drawnCellOf(monotonic: number, count: number): number | undefined {
    const group = this.grouping(count);
    const cell = this.cellOf(this.at(monotonic));
    const at = count - 1 - (Math.floor(this.cell / group) - Math.floor(cell / group));
    return at < 0 || at >= count ? undefined : at;
  }

  /** Half an interval early, so that a tick that is a little late or early still falls into its own cell. */
  #begin(monotonic: number, interval: number): void {
    this.span = interval;
    this.#origin = monotonic - interval / 2;
    this.began = this.at(monotonic);
  }

  #double(): void {
    this.span *= 2;
    this.doublings += 1;
    this.cell = Math.floor(this.cell / 2);
    this.previousCell = Math.floor(this.previousCell / 2);
    for (let cell = 0; cell < CELLS; cell += 1) {
      const both = (this.gaps[2 * cell] ?? 0) & (this.gaps[2 * cell + 1] ?? 0);
      this.gaps[cell] = both;
    }
  }

  #markSkipped(isGap: boolean): void {
    if (isGap) this.pauses.push({ from: this.previous, to: this.now });
    if (this.pauses.length > MOST_PAUSES) this.pauses.shift();
    const first = Math.max(this.previousCell + 1, this.cell - CELLS + 1);
    for (let cell = first; cell < this.cell; cell += 1) this.gaps[cell % CELLS] = isGap ? 1 : 0;
    this.gaps[this.cell % CELLS] = 0;
  }
}
