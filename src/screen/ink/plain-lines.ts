// Lines that need no Unicode segmentation to be measured: narrow characters and colour codes, which is nearly all that
// memtop draws.

import { afterColour, endOfColour } from './colour-codes.ts';

/**
 * Anything but an escape, printable ASCII, and characters that every measuring library takes for one cell whatever
 * stands next to them: Latin without the invisible soft hyphen, Greek, Cyrillic without its combining marks, dashes and
 * quotes, currency, arrows, mathematics, box drawing, blocks and geometric shapes, braille.
 */
const unusual =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape begins a colour code
  /[^\x1b\x20-\x7e\xa1-\xac\xae-\u02ff\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u22ff\u2500-\u25fc\u2800-\u28ff]/;

/** A line of narrow characters and colour codes: its width in cells, and whether a style is still on at its end. */
export interface PlainLine {
  readonly width: number;
  readonly isOpen: boolean;
}

/** Measures a line; undefined when it holds anything but narrow characters and well-known colour codes. */
export function readPlainLine(line: string): PlainLine | undefined {
  if (unusual.test(line)) return undefined;
  let width = 0;
  let open = 0;
  let start = 0;
  for (let colour = line.indexOf('\u{1b}'); colour >= 0; colour = line.indexOf('\u{1b}', start)) {
    width += colour - start;
    start = endOfColour(line, colour);
    if (start < 0) return undefined;
    open = afterColour(open, line, colour, start);
    if (open < 0) return undefined;
  }
  return { width: width + line.length - start, isOpen: open !== 0 };
}

/** Lines of a generation; two generations are kept, which is a few frames of a tall terminal. */
const generation = 256;

/** A bounded memory of lines. The oldest are forgotten a whole generation at a time, which costs nothing to decide. */
class PlainLines {
  #young = new Map<string, PlainLine | null>();
  #old = new Map<string, PlainLine | null>();

  /** What `readPlainLine` says of the line. */
  read(line: string): PlainLine | undefined {
    let known = this.#young.get(line);
    if (known !== undefined) return known ?? undefined;
    known = this.#old.get(line) ?? readPlainLine(line) ?? null;
    if (this.#young.size >= generation) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(line, known);
    return known ?? undefined;
  }
}

/** Shared by the stand-ins, as the files they stand in for have caches of their own. Only Ink's frames reach it. */
export const plainLines = new PlainLines();
