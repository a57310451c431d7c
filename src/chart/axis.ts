// The scale of a chart of sizes: three round numbers, of which the lowest and the highest enclose all values.
import { formatSizeIn } from '../text/format.ts';

export interface Axis {
  readonly bottom: number;
  readonly top: number;
  /** Bottom, middle, top. */
  readonly labels: readonly [string, string, string];
}

/** The smallest range that fills the height, as a fraction of the largest value: noise must not look like growth. */
const FULL_FRACTION = 1 / 20;
/** Steps of the axis: fine enough that no more than a third of the chart stays empty. */
const ROUND = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/**
 * The axis for values in bytes from `low` up to `high`. It begins at zero unless all of them lie in the upper half,
 * so that small movements of a large value can be seen without being exaggerated.
 */
export function axisOf(low: number, high: number): Axis {
  const most = Math.max(high, 2);
  const least = low < most / 2 ? 0 : Math.min(low, most * (1 - FULL_FRACTION));
  const unit = Math.max(0, Math.floor(Math.log(most / 999.5) / Math.log(1024)) + 1);
  const size = 1024 ** unit;
  for (let power = Math.floor(Math.log10((most - least) / 2 / size)); ; power += 1) {
    for (const round of ROUND) {
      const step = round * 10 ** power * size;
      const first = Math.floor(least / step);
      // Whole numbers of steps, so that the labels are exact.
      if ((first + 2) * step < most || (unit === 0 && !Number.isInteger(step))) continue;
      const digits = Math.max(0, (Number.isInteger(round) ? 0 : 1) - power);
      const label = (steps: number) => formatSizeIn(steps * step, unit, digits);
      return {
        bottom: first * step,
        top: (first + 2) * step,
        labels: [label(first), label(first + 1), label(first + 2)],
      };
    }
  }
}

/** Where a value lies between bottom (0) and top (1) of the axis. */
export function fractionOn({ bottom, top }: Axis, value: number): number {
  return Math.max(0, Math.min(1, (value - bottom) / (top - bottom)));
}
