// What differs between two lines: runs of cells that are written in one go, in one style.
import type { Cells } from './cells.ts';
import type { Palette } from './palette.ts';

/** Blanks at the end of a line that are written; more are cleared, which takes three bytes. */
const FEW_BLANKS = 2;

/** Cells of one row, from `column` up to, not including, `end`. */
export interface CellRun {
  readonly row: number;
  readonly cells: Cells;
  readonly column: number;
  end: number;
  style: number;
  /** Whether the rest of the line is cleared behind it. */
  clears: boolean;
  /** Whether it goes on to the end of the line in several styles, where no column behind it is sure. */
  readonly isTail: boolean;
}

/** Finds runs. Cells between two changes are written again where that is no longer than moving over them. */
export class Changes {
  readonly #palette: Palette;
  #runs: CellRun[] = [];
  /** The run that the next changed cell of the same line may join. */
  #last: CellRun | undefined;
  /** Whether that has blanks only, which any style will do for that makes them look the same. */
  #isBlank = false;

  constructor(palette: Palette) {
    this.#palette = palette;
  }

  /** The runs found since the last time, row by row. */
  taken(): CellRun[] {
    const runs = this.#runs;
    this.#runs = [];
    this.#last = undefined;
    return runs;
  }

  /** Clears a whole row, and writes it. */
  rewrite(row: number, cells: Cells): void {
    const run = { row, cells, column: 0, end: cells.blankFrom, style: 0, clears: true, isTail: true };
    this.#runs.push(run);
  }

  /** Finds what turns one line into another. */
  compare(row: number, before: Cells, after: Cells): void {
    this.#last = undefined;
    const { blankFrom } = after;
    const uncertain = Math.min(before.uncertain, after.uncertain);
    const end = Math.max(before.length, after.length);
    const certainEnd = Math.min(end, uncertain);
    for (let column = 0; column < Math.min(certainEnd, blankFrom); column += 1) {
      if (!before.isSameAt(after, column)) this.#add(row, after, column);
    }
    // Behind a character that terminals measure differently no column is sure: the rest is written in one go.
    if (uncertain < end && !isSameFrom(before, after, uncertain, end)) {
      const column = Math.min(uncertain, blankFrom);
      this.#runs.push({ row, cells: after, column, end: blankFrom, style: 0, clears: true, isTail: true });
    } else this.#blank(row, before, after, certainEnd);
  }

  /** What was behind the last character that is not blank. */
  #blank(row: number, before: Cells, after: Cells, end: number): void {
    const { blankFrom } = after;
    let first = blankFrom;
    while (first < end && before.isSameAt(after, first)) first += 1;
    let last = end;
    while (last > first && before.isSameAt(after, last - 1)) last -= 1;
    if (last - first <= FEW_BLANKS) for (; first < last; first += 1) this.#add(row, after, first);
    else if (this.#last?.end === blankFrom && this.#palette.blankIn(this.#last.style) === 0) this.#last.clears = true;
    else this.#runs.push({ row, cells: after, column: first, end: first, style: 0, clears: true, isTail: false });
  }

  #add(row: number, cells: Cells, column: number): void {
    if (this.#last !== undefined && this.#joins(this.#last, column)) return;
    const style = cells.styleAt(column);
    this.#isBlank = cells.isBlankAt(column);
    this.#last = { row, cells, column, end: column + 1, style, clears: false, isTail: false };
    this.#runs.push(this.#last);
  }

  /** Extends a run up to a cell if the cells between can be written in its style, and are not longer than a move. */
  #joins(run: CellRun, column: number): boolean {
    const { cells, end } = run;
    const most = column === end ? 0 : column - end === 1 ? 3 : 4;
    let { style } = run;
    let isBlank = this.#isBlank;
    let bytes = 0;
    for (let at = end; at <= column; at += 1) {
      const own = cells.styleAt(at);
      if (cells.isBlankAt(at)) {
        if (own !== this.#palette.blankIn(style)) return false;
      } else if (isBlank && this.#palette.blankIn(own) === style) {
        style = own;
        isBlank = false;
      } else if (own !== style) return false;
      if (at < column) bytes += cells.bytesAt(at);
      if (bytes > most) return false;
    }
    run.style = style;
    run.end = column + 1;
    this.#isBlank = isBlank;
    return true;
  }
}

function isSameFrom(before: Cells, after: Cells, from: number, end: number): boolean {
  for (let column = from; column < end; column += 1) {
    if (!before.isSameAt(after, column)) return false;
  }
  return true;
}
