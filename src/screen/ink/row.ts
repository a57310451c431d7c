// One row of the screen while a frame is put together: pieces of text side by side.
import { existing } from '../../numbers/existing.ts';

interface Piece {
  readonly x: number;
  readonly end: number;
  readonly text: string;
}

/** A row becomes hard when pieces overlap, or when its writer says so; then another has to draw it. */
export class CellRow {
  hard = false;
  readonly #pieces: Piece[] = [];

  /** Puts a text that covers the cells from x up to, not including, end. */
  put(x: number, end: number, text: string): void {
    let index = this.#pieces.length;
    while (index > 0 && existing(this.#pieces[index - 1]).x > x) index--;
    const left = this.#pieces[index - 1];
    const right = this.#pieces[index];
    if ((left !== undefined && left.end > x) || (right !== undefined && right.x < end)) this.hard = true;
    this.#pieces.splice(index, 0, { x, end, text });
  }

  /** The pieces joined, blanks between them, none at the end. */
  text(): string {
    let text = '';
    let column = 0;
    for (const piece of this.#pieces) {
      text += piece.x > column ? ' '.repeat(piece.x - column) + piece.text : piece.text;
      column = piece.end;
    }
    return text.trimEnd();
  }
}
