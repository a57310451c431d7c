// Frames in, bytes out: writes only the cells that differ from what the terminal already shows.
import { Cells, Palette, type WidthOf } from './cells.ts';
import {
  CLEAR_SCREEN,
  CLEAR_TO_LINE_END,
  moveDown,
  moveRight,
  moveSideways,
  moveTo,
  RESET_STYLE,
} from './sequences.ts';

/** Unchanged cells between two changes that are cheaper to write again than to jump over. */
const CHEAP_GAP = 3;

/**
 * Remembers what is on the screen. A frame is lines of printable text and SGR codes, no more of them than the
 * terminal has rows, none wider than it has columns.
 */
export class Painter {
  #lines: string[] = [];
  #isBlank = false;
  #isDoubtful = false;
  readonly #widthOf: WidthOf;
  readonly #palette = new Palette();
  readonly #before = new Cells(this.#palette);
  readonly #after = new Cells(this.#palette);

  constructor(widthOf: WidthOf) {
    this.#widthOf = widthOf;
  }

  /** Forgets what is on the screen: the next frame is painted whole. */
  forget(): void {
    this.#lines = [];
    this.#isBlank = false;
  }

  /**
   * Doubts what is on the screen: the next frame is written whole over what stands there, line by line, without the
   * flicker of a cleared screen.
   */
  doubt(): void {
    this.#isDoubtful = true;
  }

  /** The bytes that turn what the terminal shows into this frame; empty when it shows it already. */
  paint(frame: string): string {
    const lines = frame.split('\n');
    const pen = new Pen(this.#palette, this.#isBlank ? (this.#isDoubtful ? RESET_STYLE : '') : CLEAR_SCREEN);
    const isDoubtful = this.#isDoubtful && this.#isBlank;
    this.#isBlank = true;
    this.#isDoubtful = false;
    const count = Math.max(lines.length, this.#lines.length);
    for (let row = 0; row < count; row += 1) {
      const before = this.#lines[row] ?? '';
      const after = lines[row] ?? '';
      if (isDoubtful) this.#changeLine(pen.onRow(row).goTo(0).clearRest(), '', after);
      else if (before !== after) this.#changeLine(pen.onRow(row), before, after);
    }
    this.#lines = lines;
    return pen.finish();
  }

  /** Writes what turns one line into another. */
  #changeLine(pen: Pen, lineBefore: string, lineAfter: string): void {
    const before = this.#before.read(lineBefore, this.#widthOf);
    const after = this.#after.read(lineAfter, this.#widthOf);
    const end = Math.max(before.length, after.length);
    const uncertain = Math.min(before.uncertain, after.uncertain);
    const blankFrom = trailingBlank(after);
    for (let column = 0; column < end; column += 1) {
      if (before.isSameAt(after, column)) continue;
      // Behind a character that terminals measure differently no column is sure: the rest is written in one go.
      if (column < uncertain && column < blankFrom) {
        pen.write(after, column, column + 1);
        continue;
      }
      if (column >= uncertain) pen.write(after, uncertain, blankFrom);
      else pen.goTo(column);
      pen.clearRest();
      return;
    }
  }
}

/** Writes cells, keeping track of cursor and style, from one line into the next. The style is the default one at the end. */
class Pen {
  readonly #palette: Palette;
  #bytes: string;
  #row = 0;
  #style = 0;
  /** The column it stands in; -1 when it is on another row. */
  #cursor = -1;
  /** Whether that column is sure: not behind a character of uncertain width, nor beyond the last cell of a row. */
  #isSure = false;
  /** Where it stood before it came to this row; the column is -1 when that is not sure. */
  #lastRow = 0;
  #lastColumn = -1;

  /** @param bytes what is to be written before all else. */
  constructor(palette: Palette, bytes: string) {
    this.#palette = palette;
    this.#bytes = bytes;
  }

  onRow(row: number): this {
    this.#lastRow = this.#row;
    this.#lastColumn = this.#isSure ? this.#cursor : -1;
    this.#row = row;
    this.#cursor = -1;
    this.#isSure = false;
    return this;
  }

  /** Writes the cells from `from` up to, not including, `to`; small gaps before them are written again. */
  write(cells: Cells, from: number, to: number): this {
    const isNear = this.#cursor >= 0 && from - this.#cursor <= CHEAP_GAP;
    if (!isNear) this.goTo(from);
    for (let column = this.#cursor; column < to; column += 1) {
      this.#setStyle(cells.styleAt(column));
      this.#bytes += cells.characterAt(column);
    }
    this.#cursor = Math.max(this.#cursor, to);
    this.#isSure = this.#cursor < Math.min(cells.length, cells.uncertain);
    return this;
  }

  goTo(column: number): this {
    if (column === this.#cursor) return this;
    const isAhead = this.#cursor >= 0 && column > this.#cursor;
    this.#bytes += isAhead ? moveRight(column - this.#cursor) : this.#arrival(column);
    this.#cursor = column;
    this.#isSure = true;
    return this;
  }

  /** The shortest way to a column of this row: straight there, or from where the row before was left. */
  #arrival(column: number): string {
    const straight = moveTo(this.#row, column);
    if (this.#lastColumn < 0 || this.#cursor >= 0) return straight;
    const stepwise = moveDown(this.#row - this.#lastRow) + moveSideways(column - this.#lastColumn);
    return stepwise.length < straight.length ? stepwise : straight;
  }

  /** Cleared cells take the style in force with them: the default one. */
  clearRest(): this {
    this.#setStyle(0);
    this.#bytes += CLEAR_TO_LINE_END;
    return this;
  }

  finish(): string {
    this.#setStyle(0);
    return this.#bytes;
  }

  #setStyle(style: number): void {
    if (style === this.#style) return;
    this.#bytes += (this.#style === 0 ? '' : RESET_STYLE) + this.#palette.styleOf(style);
    this.#style = style;
  }
}

/** The first cell behind which there are only unstyled blanks. */
function trailingBlank(cells: Cells): number {
  let end = cells.length;
  while (end > 0 && cells.characterAt(end - 1) === ' ' && cells.styleAt(end - 1) === 0) end -= 1;
  return end;
}
