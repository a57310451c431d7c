// How many terminal cells a cleaned text takes, and texts cut or padded to a number of cells.
import { eastAsianWidth } from 'get-east-asian-width';

const PLAIN = /^[\x20-\x7e]*$/;
const COMBINING = /^[\p{Mn}\p{Me}\u1160-\u11ff]$/u;

/** Cells that one code point takes: 0 for combining marks, 2 for wide East Asian and emoji, else 1 (UAX #11). */
export function codePointWidth(codePoint: number): 0 | 1 | 2 {
  if (codePoint < 0x300 || isBlock(codePoint)) return 1;
  if (COMBINING.test(String.fromCodePoint(codePoint))) return 0;
  return eastAsianWidth(codePoint);
}

/** Box drawing, blocks and geometric shapes: what charts are made of, and so the most frequent characters. */
function isBlock(codePoint: number): boolean {
  return codePoint >= 0x2500 && codePoint <= 0x25fc;
}

/** Cells that a cleaned text takes: the sum over its code points, as terminals without shaping paint it. */
export function cellWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (let at = 0; at < text.length; at += 1) {
    const codePoint = text.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at += 1;
    width += codePointWidth(codePoint);
  }
  return width;
}

/** The longest beginning of a text that takes no more than `width` cells. */
export function cut(text: string, width: number): string {
  if (width <= 0) return '';
  if (PLAIN.test(text)) return text.slice(0, width);
  let used = 0;
  let end = 0;
  for (const character of text) {
    used += codePointWidth(character.codePointAt(0) ?? 0);
    if (used > width) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** The rest of a text after its first `width` cells. */
export function behind(text: string, width: number): string {
  return text.slice(cut(text, width).length);
}

/** A text in exactly `width` cells, cut or padded at its right. */
export function fitLeft(text: string, width: number): string {
  const padding = width - cellWidth(text);
  if (padding >= 0) return text + ' '.repeat(padding);
  const shown = cut(text, width);
  return shown + ' '.repeat(width - cellWidth(shown));
}

/** A text in exactly `width` cells, padded at its left; a text that is too long is cut at its right. */
export function fitRight(text: string, width: number): string {
  const padding = width - cellWidth(text);
  if (padding >= 0) return ' '.repeat(padding) + text;
  const shown = cut(text, width);
  return ' '.repeat(width - cellWidth(shown)) + shown;
}
