// Stands in for ink/build/output.js in the bundle: joins rows of plain text as strings, and leaves every row that has
// more to it (overlaps, cuts, wide characters) to the original, which makes an object of every cell of every frame.

import StockOutput from '../../../node_modules/ink/build/output.js';
import { existing } from '../../numbers/existing.ts';
import { type Clip, holdsCells, holdsRow, intersect, shiftedUp } from './clip.ts';
import { type PlainLine, plainLines } from './plain-lines.ts';
import { CellRow } from './row.ts';

type Transformer = (line: string, index: number) => string;

interface Write {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly lines: readonly string[];
  readonly transformers: Transformer[];
  /** The part of the screen it may show in; undefined: all of it. */
  readonly clip: Clip | undefined;
}

const escapeCharacter = '\u{1b}';
const closeAll = '\u{1b}[0m';

/** Whether a style may reach from one line of a text into the next. */
function spansLines({ lines, text }: Write): boolean {
  return (
    lines.length > 1 &&
    text.includes(escapeCharacter) &&
    !lines.every((line) => plainLines.read(line)?.isOpen === false)
  );
}

/** A line as its transformers leave it; undefined when only the original knows how it would look. */
function transformed(line: string, index: number, transformers: Transformer[]): string | undefined {
  let shown = line;
  for (const transform of transformers) shown = transform(shown, index);
  const isKnown = shown === line || (!line.includes(escapeCharacter) && plainLines.read(line) !== undefined);
  return isKnown ? shown : undefined;
}

/** What Ink draws a frame into; the interface is that of Ink's own class. */
export class Output {
  readonly width: number;
  readonly height: number;
  readonly #writes: Write[] = [];
  readonly #clips: Clip[] = [];

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.width = width;
    this.height = height;
  }

  write(x: number, y: number, text: string, { transformers }: { readonly transformers: Transformer[] }): void {
    if (text === '') return;
    const lines = text.includes('\n') ? text.split('\n') : [text];
    this.#writes.push({ x, y, text, lines, transformers, clip: this.#clips.at(-1) });
  }

  clip(clip: Clip): void {
    this.#clips.push(intersect(this.#clips.at(-1), clip));
  }

  unclip(): void {
    this.#clips.pop();
  }

  /** The frame as text, one line a row, and its height. */
  get(): { output: string; height: number } {
    const rows = Array.from({ length: this.height }, () => new CellRow());
    for (const write of this.#writes) this.#place(rows, write);
    const texts: string[] = [];
    while (texts.length < rows.length) {
      const top = texts.length;
      let bottom = top;
      while (rows[bottom]?.hard === true) bottom++;
      if (bottom > top) texts.push(...this.#drawnByStock(top, bottom));
      else texts.push(existing(rows[top]).text());
    }
    return { output: texts.join('\n'), height: rows.length };
  }

  /** Puts a write into its rows, and marks as hard those where it is not a plain piece of text. */
  #place(rows: CellRow[], write: Write): void {
    const isHard = !Number.isInteger(write.x) || !Number.isInteger(write.y) || write.x < 0 || spansLines(write);
    for (const [index, line] of write.lines.entries()) {
      const y = Math.floor(write.y) + index;
      const row = rows[y];
      if (row === undefined || !holdsRow(write.clip, y)) continue;
      const shown = isHard ? undefined : transformed(line, index, write.transformers);
      const plain = shown === undefined ? undefined : plainLines.read(shown);
      if (shown === undefined || plain === undefined || !this.#hasSpace(write, plain)) row.hard = true;
      else if (plain.width > 0) row.put(write.x, write.x + plain.width, plain.isOpen ? shown + closeAll : shown);
    }
  }

  #hasSpace({ x, clip }: Write, { width }: PlainLine): boolean {
    return x + width <= this.width && holdsCells(clip, x, x + width);
  }

  /** The rows from top up to, not including, bottom, as Ink's own class draws them. */
  #drawnByStock(top: number, bottom: number): string[] {
    const stock = new StockOutput({ width: this.width, height: bottom - top });
    for (const { x, y, text, lines, transformers, clip } of this.#writes) {
      if (y + lines.length <= top || y >= bottom) continue;
      if (clip !== undefined) stock.clip(shiftedUp(clip, top));
      stock.write(x, y - top, text, { transformers });
      if (clip !== undefined) stock.unclip();
    }
    return stock.get().output.split('\n');
  }
}
