// Wraps texts of any length to a given width.
import { cellWidth, cut } from './width.ts';

/**
 * At most `most` lines of `width` cells, broken between words where that fills at least half of the line. The last one
 * ends in `…` (the sign to use is `cutSign`) when something is left out.
 */
export function wrapped(text: string, width: number, most: number, cutSign = '…'): string[] {
  const lines: string[] = [];
  // A text may be megabytes long; more than this of it is never visible.
  let rest = text.slice(0, (width + 1) * most * 2).trim();
  const isShortened = text.length > (width + 1) * most * 2;
  while (rest !== '' && lines.length < most && width > 0) {
    const line = firstLine(rest, width);
    lines.push(line);
    rest = rest.slice(line.length).trimStart();
  }
  const last = lines.at(-1);
  if (last !== undefined && (rest !== '' || isShortened)) lines[lines.length - 1] = cut(last, width - 1) + cutSign;
  return lines;
}

/** As many whole words as fit; when they would fill less than half of the line, a part of the next as well. */
function firstLine(text: string, width: number): string {
  // More characters than this in one line are stacked combining marks, which may be broken anywhere.
  const near = text.slice(0, width * 2 + 2);
  const fitting = cut(near, width);
  if (fitting === text) return text;
  const gap = text[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
  // At least one character, even where it is wider than the line: the caller would never reach the end otherwise.
  return gap > width / 2
    ? text.slice(0, gap)
    : fitting === ''
      ? String.fromCodePoint(text.codePointAt(0) ?? 0)
      : fitting;
}

/** Lines of whole words, no wider than the given cells unless one word is: for memtop's own texts. */
export function wordLines(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && cellWidth(last) + 1 + cellWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
