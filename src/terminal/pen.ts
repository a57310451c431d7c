// Writes runs of cells, keeping track of cursor and style. The style is the default one at the end.
import type { CellRun } from './changes.ts';
import { type CursorPlace, motion, motionLength } from './motion.ts';
import type { Palette } from './palette.ts';
import { CLEAR_TO_LINE_END } from './sequences.ts';

/** With more runs than this they are written as they come: finding the shortest way takes longer with each. */
const MOST_ORDERED = 120;

export class Pen {
  readonly #palette: Palette;
  #bytes: string;
  #style = 0;
  /** Where the cursor is. The column is -1 where it is not sure. */
  readonly #place: CursorPlace = { row: 0, column: -1 };

  /** @param bytes what is to be written before all else, in the default style, with the cursor anywhere. */
  constructor(palette: Palette, bytes: string) {
    this.#palette = palette;
    this.#bytes = bytes;
  }

  /** Writes runs one style after the other, and those of one style each where the way to it is shortest. */
  writeShortest(runs: readonly CellRun[]): void {
    for (const [style, alike] of byStyle(runs)) {
      if (style === TAILS || alike.length > MOST_ORDERED) this.writeInOrder(alike);
      else this.#writeNearest(alike);
    }
  }

  writeInOrder(runs: readonly CellRun[]): void {
    for (const run of runs) this.#write(run);
  }

  /** Writes a sequence at the beginning of a row. */
  writeAt(row: number, sequence: string): void {
    this.#goTo(row, 0);
    this.#bytes += sequence;
  }

  finish(): string {
    this.#setStyle(0);
    return this.#bytes;
  }

  #writeNearest(runs: readonly CellRun[]): void {
    const left = new Set(runs);
    for (let nearest = this.#nearest(left); nearest !== undefined; nearest = this.#nearest(left)) {
      this.#write(nearest);
      left.delete(nearest);
    }
  }

  /** The run that the cursor reaches in the fewest bytes, the first of several. */
  #nearest(runs: Iterable<CellRun>): CellRun | undefined {
    let nearest: CellRun | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const run of runs) {
      const bytes = motionLength(this.#place, run.row, run.column);
      if (bytes >= fewest) continue;
      nearest = run;
      fewest = bytes;
    }
    return nearest;
  }

  #write(run: CellRun): void {
    const { row, cells, column, end, style, clears, isTail } = run;
    this.#goTo(row, column);
    if (isTail) {
      this.#setStyle(0);
      this.#bytes += CLEAR_TO_LINE_END;
    } else if (end > column) this.#setStyle(style);
    for (let at = column; at < end; at += 1) {
      if (isTail && !cells.isBlankAt(at)) this.#setStyle(cells.styleAt(at));
      else if (isTail && cells.styleAt(at) !== this.#palette.blankIn(this.#style)) this.#setStyle(cells.styleAt(at));
      this.#bytes += cells.characterAt(at);
    }
    // At the end of the row the next character may be about to wrap.
    if (end > column) this.#place.column = end < Math.min(cells.length, cells.uncertain) ? end : -1;
    if (!clears || isTail) return;
    // Cleared cells take the background that is in force.
    if (this.#palette.blankIn(this.#style) !== 0) this.#setStyle(0);
    this.#bytes += CLEAR_TO_LINE_END;
  }

  #goTo(row: number, column: number): void {
    this.#bytes += motion(this.#place, row, column);
    this.#place.row = row;
    this.#place.column = column;
  }

  #setStyle(style: number): void {
    this.#bytes += this.#palette.change(this.#style, style);
    this.#style = style;
  }
}

/** Where runs to the end of a line are kept, which have several styles. */
const TAILS = -1;

/** The runs of each style: the default one first, in which a frame begins; those to the end of a line last. */
function byStyle(runs: readonly CellRun[]): Map<number, CellRun[]> {
  const styles = new Map<number, CellRun[]>([[0, []]]);
  const tails: CellRun[] = [];
  for (const run of runs) {
    const alike = run.isTail ? tails : styles.get(run.style);
    if (alike === undefined) styles.set(run.style, [run]);
    else alike.push(run);
  }
  return styles.set(TAILS, tails);
}
