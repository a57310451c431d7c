// Charts one line high: blocks in seven heights, braille in four with two samples per cell, or eight ASCII characters.

export interface SparklineSet {
  /** Lowest to highest; in braille, those for the left half of a cell. */
  readonly heights: readonly string[];
  /** Drawn where nothing was measured. */
  readonly gap: string;
  /** Samples that one cell shows. */
  readonly perCell: 1 | 2;
}

/** Without the full block, which would touch the sparkline of the row above. */
export const BLOCKS: SparklineSet = { heights: [...'▁▂▃▄▅▆▇'], gap: ' ', perCell: 1 };
export const ASCII: SparklineSet = { heights: [...'_.-:=+*#'], gap: ' ', perCell: 1 };
const BRAILLE: SparklineSet = { heights: [...'⡀⡄⡆⡇'], gap: ' ', perCell: 2 };

export const SPARKLINES: Readonly<Record<Graph, SparklineSet>> = { blocks: BLOCKS, braille: BRAILLE, ascii: ASCII };

/** The first braille pattern, which has no dots (Unicode, chapter 21.1: a dot is a bit). */
const NO_DOTS = 0x2800;
/** The dots of the right half of a cell, by height; the first has none. */
const RIGHT_DOTS = [0, 0x80, 0xa0, 0xb0, 0xb8];

export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** The smallest range that fills the height, as a fraction of the largest value: noise must not look like growth. */
const FULL_FRACTION = 1 / 50;

/** The scale that fits one series, without its NaN; a series that hardly moves stays near the bottom. */
export function scaleOf(values: Iterable<number>): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high: Math.max(high, low + high * FULL_FRACTION) };
}

/** Each value's height in the scale, one or two values per character depending on the set; `gap` for NaN. */
export function sparkline(values: ArrayLike<number>, scale: Scale, set: SparklineSet): string {
  let text = '';
  for (let index = 0; index < values.length; index += set.perCell) {
    const left = heightOf(values[index], scale, set);
    text +=
      set.perCell === 1 ? (set.heights[left] ?? set.gap) : pair(left, heightOf(values[index + 1], scale, set), set);
  }
  return text;
}

/** The height of a value, counted from zero; -1 for a missing value. */
function heightOf(value: number | undefined, { low, high }: Scale, { heights }: SparklineSet): number {
  if (value === undefined || Number.isNaN(value)) return -1;
  const fraction = high > low ? (value - low) / (high - low) : 0;
  return Math.max(0, Math.min(heights.length - 1, Math.floor(fraction * heights.length)));
}

/** Two heights in one cell of braille. */
function pair(left: number, right: number, { heights, gap }: SparklineSet): string {
  if (left < 0 && right < 0) return gap;
  const dots = heights[left]?.charCodeAt(0) ?? NO_DOTS;
  return String.fromCharCode(dots | (RIGHT_DOTS[right + 1] ?? 0));
}

export const GRAPHS = ['blocks', 'braille', 'ascii'] as const;

export type Graph = (typeof GRAPHS)[number];
