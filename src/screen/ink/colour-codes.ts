// Which styles a colour code (SGR, ECMA-48 8.3.117) leaves switched on: what follows a text on the same row must not
// inherit them.

const openBracket = 0x5b;
const semicolon = 0x3b;
const letterM = 0x6d;
const digitZero = 0x30;
const digitNine = 0x39;

/** Longer numbers are not taken for a colour code by the measuring libraries either. */
const mostDigits = 4;

const foreground = 1;
const background = 2;

/** The bit of each simple parameter that switches a style on. */
const begins = new Map([1, 2, 3, 4, 7, 8, 9, 53].map((code, index) => [code, 4 << index]));

/** The bits that each parameter switches off. 22 ends bold and faint alike. */
const ends = new Map([
  [22, 4 | 8],
  [23, 16],
  [24, 32],
  [27, 64],
  [28, 128],
  [29, 256],
  [39, foreground],
  [49, background],
  [55, 512],
]);

/** Where the colour code that begins at an escape ends, one past its `m`; -1 when no plain colour code stands there. */
export function endOfColour(line: string, start: number): number {
  if (line.charCodeAt(start + 1) !== openBracket) return -1;
  let digits = 0;
  for (let index = start + 2; index < line.length; index++) {
    const unit = line.charCodeAt(index);
    if (unit === letterM) return index + 1;
    if (unit === semicolon) {
      digits = 0;
    } else if (unit >= digitZero && unit <= digitNine && digits < mostDigits) {
      digits++;
    } else {
      return -1;
    }
  }
  return -1;
}

/** The styles open after one more parameter; -1 for one that is not known here. */
function afterParameter(open: number, code: number): number {
  if (code === 0) return 0;
  if ((code >= 30 && code <= 38) || (code >= 90 && code <= 97)) return open | foreground;
  if ((code >= 40 && code <= 48) || (code >= 100 && code <= 107)) return open | background;
  const begun = begins.get(code);
  if (begun !== undefined) return open | begun;
  const ended = ends.get(code);
  return ended === undefined ? -1 : open & ~ended;
}

/** Marks an extended colour: the next numbers are 5;N or 2;R;G;B. */
const awaitingKind = -1;

/** How many numbers follow that one. */
function valuesOf(kind: number): number {
  if (kind === 5) return 1;
  return kind === 2 ? 3 : Number.NaN;
}

/**
 * The styles open after the colour code between its escape and its end; `open` is a set of bits, zero for none. -1 when
 * there is anything unusual in it: an empty or zero-padded number, a code of no known meaning, an unfinished colour.
 */
export function afterColour(open: number, line: string, from: number, end: number): number {
  let styles = open;
  let pending = 0;
  for (let start = from + 2; start < end; ) {
    let code = 0;
    let index = start;
    for (let unit = line.charCodeAt(index); unit !== semicolon && unit !== letterM; unit = line.charCodeAt(++index)) {
      code = code * 10 + unit - digitZero;
    }
    const digits = index - start;
    if (digits === 0 || (digits > 1 && line.charCodeAt(start) === digitZero)) return -1;
    if (pending === awaitingKind) {
      pending = valuesOf(code);
    } else if (pending > 0) {
      pending--;
    } else {
      styles = afterParameter(styles, code);
      if (code === 38 || code === 48) pending = awaitingKind;
    }
    if (styles < 0 || Number.isNaN(pending)) return -1;
    start = index + 1;
  }
  return pending === 0 ? styles : -1;
}
