// One line of a frame as terminal cells: what is in each, and in which style.
import type { Palette } from './palette.ts';

/** Cells that a code point takes. Passed in, so that this folder needs no tables of its own. */
export type WidthOf = (codePoint: number) => number;

const BLANK = 0x20;
/** What stands in the second cell of a wide character. */
const CONTINUED = 0;

/** A line taken apart. One object is filled again and again: a monitor must not make garbage of every line it draws. */
export class Cells {
  /** Cells that the line takes. Behind them everything is blank. */
  length = 0;
  /** The first cell whose place depends on how this terminal measures an unusual character. */
  uncertain = Number.POSITIVE_INFINITY;
  readonly #palette: Palette;
  /** The code point in each cell, CONTINUED, or below zero the place in the list of characters with marks on them. */
  #codes = new Int32Array(160);
  #styles = new Uint16Array(160);
  #marked: string[] = [];

  constructor(palette: Palette) {
    this.#palette = palette;
  }

  /** Takes a line apart. SGR codes become styles; other escapes must not be in it, and are kept out of the cells. */
  read(line: string, widthOf: WidthOf): this {
    this.length = 0;
    this.uncertain = Number.POSITIVE_INFINITY;
    if (this.#marked.length > 0) this.#marked = [];
    let style = 0;
    let blank = 0;
    for (let at = 0; at < line.length; ) {
      const code = line.charCodeAt(at);
      if (code === 0x1b) {
        const end = endOfEscape(line, at);
        if (line.charCodeAt(end - 1) === 0x6d) style = this.#palette.after(style, line.slice(at, end));
        blank = this.#palette.blankIn(style);
        at = end;
      } else if (isCertain(code)) {
        this.#put(code, code === BLANK ? blank : style);
        at += 1;
      } else {
        const codePoint = line.codePointAt(at) ?? 0;
        this.uncertain = Math.min(this.uncertain, this.length);
        this.#place(codePoint, style, widthOf(codePoint));
        at += codePoint > 0xffff ? 2 : 1;
      }
    }
    return this;
  }

  /** The characters of a cell, combining marks with their base; '' in the second cell of a wide one. */
  characterAt(column: number): string {
    const code = this.#codeAt(column);
    if (code < 0) return this.#marked[-1 - code] ?? '';
    return code === CONTINUED ? '' : String.fromCodePoint(code);
  }

  /** The number of a cell's style in the palette; of a blank what it looks like. */
  styleAt(column: number): number {
    return (column < this.length ? this.#styles[column] : undefined) ?? 0;
  }

  /** Whether a cell looks like the same cell of another line. */
  isSameAt(other: Cells, column: number): boolean {
    const code = this.#codeAt(column);
    if (this.styleAt(column) !== other.styleAt(column)) return false;
    if (code >= 0) return code === other.#codeAt(column);
    return this.characterAt(column) === other.characterAt(column);
  }

  isBlankAt(column: number): boolean {
    return this.#codeAt(column) === BLANK;
  }

  /** Bytes of a cell's characters in UTF-8; marks are counted generously. */
  bytesAt(column: number): number {
    const code = this.#codeAt(column);
    if (code < 0) return 3 * (this.#marked[-1 - code]?.length ?? 0);
    return code === CONTINUED ? 0 : code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }

  /** The first cell behind which there are only unstyled blanks. */
  get blankFrom(): number {
    let end = this.length;
    while (end > 0 && this.#codes[end - 1] === BLANK && this.#styles[end - 1] === 0) end -= 1;
    return end;
  }

  #codeAt(column: number): number {
    return (column < this.length ? this.#codes[column] : undefined) ?? BLANK;
  }

  #place(codePoint: number, style: number, width: number): void {
    if (width === 0) this.#mark(codePoint);
    else this.#put(codePoint, style);
    if (width === 2) this.#put(CONTINUED, style);
  }

  /** Puts a combining mark on the character before it. */
  #mark(codePoint: number): void {
    const base = this.length - 1;
    if (base < 0) return;
    this.#marked.push(this.characterAt(base) + String.fromCodePoint(codePoint));
    this.#codes[base] = -this.#marked.length;
  }

  #put(code: number, style: number): void {
    if (this.length === this.#codes.length) this.#grow();
    this.#codes[this.length] = code;
    this.#styles[this.length] = style;
    this.length += 1;
  }

  #grow(): void {
    const codes = new Int32Array(this.length * 2);
    const styles = new Uint16Array(this.length * 2);
    codes.set(this.#codes);
    styles.set(this.#styles);
    this.#codes = codes;
    this.#styles = styles;
  }
}

/** ASCII, Latin-1, Greek capitals, general punctuation and arrows as memtop uses them, box drawing, blocks, braille. */
function isCertain(code: number): boolean {
  return (
    (code >= 0x20 && code < 0x7f) ||
    (code >= 0xa1 && code < 0x100 && code !== 0xad) ||
    (code >= 0x2500 && code < 0x25ff) ||
    (code >= 0x2800 && code < 0x2900) ||
    code === 0x394 ||
    (code >= 0x2010 && code < 0x203b && code < 0x2028) ||
    code === 0x203a ||
    code === 0x2026 ||
    (code >= 0x2190 && code < 0x2194) ||
    code === 0x21b5
  );
}

function endOfEscape(line: string, at: number): number {
  let end = at + 1;
  if (line[end] !== '[') return Math.min(end + 1, line.length);
  end += 1;
  while (end < line.length && !(line.charCodeAt(end) >= 0x40 && line.charCodeAt(end) < 0x7f)) end += 1;
  return Math.min(end + 1, line.length);
}
