// Small charts of one line: eight heights of block, or eight characters of ASCII.

export interface SparklineSet {
  /** Lowest to highest. */
  readonly heights: readonly string[];
  /** Drawn where nothing was measured. */
  readonly gap: string;
}

export const BLOCKS: SparklineSet = { heights: [...'▁▂▃▄▅▆▇█'], gap: ' ' };
export const ASCII: SparklineSet = { heights: [...'_.-:=+*#'], gap: ' ' };

export interface Scale {
  readonly low: number;
  readonly high: number;
}

/** Only a change of this share of the largest value fills the height: noise must not look like growth. */
const FULL_SHARE = 1 / 50;

/** The scale that shows the shape of one series, NaN left out; one that hardly moves stays near the middle. */
export function scaleOf(values: Iterable<number>): Scale {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const room = high * FULL_SHARE - (high - low);
  return room > 0 ? { low: low - room / 2, high: high + room / 2 } : { low, high };
}

/** One character for each value: its height in the scale; `gap` for NaN. */
export function sparkline(values: ArrayLike<number>, scale: Scale, set: SparklineSet): string {
  const range = scale.high - scale.low;
  const top = set.heights.length - 1;
  let text = '';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) {
      text += set.gap;
      continue;
    }
    const share = range > 0 ? (value - scale.low) / range : 0.5;
    text += set.heights[Math.max(0, Math.min(top, Math.floor(share * (top + 1))))];
  }
  return text;
}
