// Frames in, bytes out: writes only the cells that differ from what the terminal already shows.
import { Cells, type WidthOf } from './cells.ts';
import { Changes } from './changes.ts';
import { lineMoves, moveRows } from './moved-lines.ts';
import { Palette } from './palette.ts';
import { Pen } from './pen.ts';
import { CLEAR_SCREEN, deleteLines, insertLines, RESET_STYLE } from './sequences.ts';

/** A row of the terminal: the line that it shows, and the cells of that. */
interface Row {
  readonly line: string;
  readonly cells: Cells;
}

/**
 * Remembers what is on the screen. A frame is lines of printable text and SGR codes, no more of them than the
 * terminal has rows, none wider than it has columns.
 */
export class Painter {
  #rows: Row[] = [];
  #isKnown = false;
  #isDoubtful = false;
  readonly #widthOf: WidthOf;
  readonly #palette = new Palette();
  readonly #changes = new Changes(this.#palette);
  readonly #empty = new Cells(this.#palette);
  /** Cells that no row uses at present. */
  #spare: Cells[] = [];

  constructor(widthOf: WidthOf) {
    this.#widthOf = widthOf;
  }

  /** Forgets what is on the screen: the next frame is painted whole. */
  forget(): void {
    this.#rows = [];
    this.#isKnown = false;
  }

  /**
   * Doubts what is on the screen: the next frame is written whole over what stands there, line by line, without the
   * flicker of a cleared screen.
   */
  doubt(): void {
    this.#isDoubtful = true;
  }

  /** The bytes that turn what the terminal shows into this frame; empty when it shows it already. */
  paint(lines: readonly string[]): string {
    const isKnown = this.#isKnown;
    const isDoubtful = this.#isDoubtful && isKnown;
    this.#isKnown = true;
    this.#isDoubtful = false;
    const pen = new Pen(this.#palette, !isKnown ? CLEAR_SCREEN : isDoubtful ? RESET_STYLE : '');
    if (isKnown && !isDoubtful) this.#moveLines(lines, pen);
    const count = Math.max(lines.length, this.#rows.length);
    for (let row = 0; row < count; row += 1) this.#change(row, lines[row] ?? '', isDoubtful);
    this.#rows.length = lines.length;
    if (isKnown && !isDoubtful) pen.writeShortest(this.#changes.taken());
    else pen.writeInOrder(this.#changes.taken());
    return pen.finish();
  }

  /** Finds what is to be written of one row. */
  #change(row: number, line: string, isDoubtful: boolean): void {
    const before = this.#rows[row] ?? this.#blankRow();
    if (line === before.line && !isDoubtful) {
      this.#rows[row] = before;
      return;
    }
    const cells = (this.#spare.pop() ?? new Cells(this.#palette)).read(line, this.#widthOf);
    if (isDoubtful) this.#changes.rewrite(row, cells);
    else this.#changes.compare(row, before.cells, cells);
    this.#rows[row] = { line, cells };
    if (before.cells !== this.#empty) this.#spare.push(before.cells);
  }

  /** Has the terminal move lines where that is shorter than writing them in their new rows. */
  #moveLines(lines: readonly string[], pen: Pen): void {
    if (this.#rows.length !== lines.length) return;
    const moves = lineMoves(
      this.#rows.map(({ line }) => line),
      lines,
    );
    if (moves === undefined) return;
    for (const { row, count } of moves.removed) pen.writeAt(row, deleteLines(count));
    for (const { row, count } of moves.inserted) pen.writeAt(row, insertLines(count));
    moveRows(this.#rows, moves, () => this.#blankRow());
  }

  #blankRow(): Row {
    return { line: '', cells: this.#empty };
  }
}
