// The highest value in each coarse cell of the time axis: what a trend is drawn from.

import { existing } from '../../numbers/existing.ts';
import { NO_PAGE, type Slab } from './slab.ts';
import { CELLS, type Timeline } from './timeline.ts';

/** Exists only while the value has changed within the span of the cells. Nothing is written between changes: cells are filled in later. */
export class CellRing {
  readonly #slab: Slab;
  #page = NO_PAGE;
  /** Filled up to this cell, at the current number of doublings. */
  #cell = -1;
  #doublings = 0;

  constructor(slab: Slab) {
    this.#slab = slab;
  }

  /** The same cells, in a copy of the slab. */
  copy(slab: Slab): CellRing {
    const copy = new CellRing(slab);
    copy.#page = this.#page;
    copy.#cell = this.#cell;
    copy.#doublings = this.#doublings;
    return copy;
  }

  /** Records a change of the value, which was `before` until the previous tick. `firstCell` is the cell in which the series began. */
  move(timeline: Timeline, firstCell: number, before: number, value: number): void {
    if (this.#page === NO_PAGE && !this.#begin(timeline, firstCell)) return;
    this.#followDoublings(timeline, firstCell);
    this.#fill(timeline.previousCell, before);
    this.#fill(timeline.cell, value);
    this.#emptyGaps(timeline);
    const { values } = this.#slab.block(this.#page);
    const at = this.#slab.offset(this.#page) + (timeline.cell % CELLS);
    values[at] = Math.max(existing(values[at]), value);
  }

  /** The cells, filled in up to now with the current value; undefined where the value has not changed. */
  filled(timeline: Timeline, firstCell: number, value: number): ((cell: number) => number) | undefined {
    if (this.#page === NO_PAGE) return undefined;
    this.#followDoublings(timeline, firstCell);
    this.#fill(timeline.cell, value);
    const { values } = this.#slab.block(this.#page);
    const offset = this.#slab.offset(this.#page);
    return (cell) => existing(values[offset + (cell % CELLS)]);
  }

  /** One of the cells, filled in likewise; NaN where the value has not changed, and where nothing was sampled. */
  at(timeline: Timeline, firstCell: number, value: number, cell: number): number {
    if (this.#page === NO_PAGE) return Number.NaN;
    this.#followDoublings(timeline, firstCell);
    this.#fill(timeline.cell, value);
    return existing(this.#slab.block(this.#page).values[this.#slab.offset(this.#page) + (cell % CELLS)]);
  }

  clear(): void {
    if (this.#page !== NO_PAGE) this.#slab.give(this.#page);
    this.#page = NO_PAGE;
  }

  #begin(timeline: Timeline, firstCell: number): boolean {
    this.#page = this.#slab.take();
    this.#doublings = timeline.doublings;
    this.#cell = Math.max(firstCell, timeline.previousCell - CELLS) - 1;
    return this.#page !== NO_PAGE;
  }

  #fill(cell: number, value: number): void {
    const { values } = this.#slab.block(this.#page);
    const offset = this.#slab.offset(this.#page);
    for (let at = Math.max(this.#cell + 1, cell - CELLS + 1); at <= cell; at += 1)
      values[offset + (at % CELLS)] = value;
    this.#cell = Math.max(this.#cell, cell);
  }

  /** The new value is from after the pause in sampling: a merged cell must not copy it into the gap. */
  #emptyGaps(timeline: Timeline): void {
    const { values } = this.#slab.block(this.#page);
    const offset = this.#slab.offset(this.#page);
    for (let at = Math.max(timeline.previousCell + 1, timeline.cell - CELLS + 1); at < timeline.cell; at += 1) {
      if (timeline.gaps[at % CELLS] === 1) values[offset + (at % CELLS)] = Number.NaN;
    }
  }

  /** Merges cells once for each time that the timeline has doubled their span; the ring has not wrapped by then. */
  #followDoublings(timeline: Timeline, firstCell: number): void {
    for (; this.#doublings < timeline.doublings; this.#doublings += 1) {
      // The cell in which the series began, in the numbering before the merge.
      this.#merge(firstCell * 2 ** (timeline.doublings - this.#doublings));
      this.#cell = Math.floor(this.#cell / 2);
    }
  }

  #merge(firstCell: number): void {
    const { values } = this.#slab.block(this.#page);
    const offset = this.#slab.offset(this.#page);
    const last = Math.min(this.#cell, CELLS - 1);
    for (let cell = 0; cell * 2 <= last; cell += 1) {
      const left = cell * 2 < firstCell ? Number.NaN : existing(values[offset + cell * 2]);
      const right = cell * 2 + 1 > last ? Number.NaN : existing(values[offset + cell * 2 + 1]);
      values[offset + cell] = Number.isNaN(left) ? right : Number.isNaN(right) ? left : Math.max(left, right);
    }
  }
}
