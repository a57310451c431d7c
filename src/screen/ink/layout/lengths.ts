// Lengths in cells, with the arithmetic of Yoga: 32-bit floats, and NaN for a length that is not defined.

/** Half a cell must round the same way in every sum: shares of a wide screen are not exact in 32 bits. */
const CLOSE = 0.0001;

/** A length as Yoga keeps it. */
export const float = Math.fround;

/** The larger of two lengths, or the one that is defined. */
export function larger(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) || a >= b ? a : b;
}

/** Whether two lengths are the same but for what got lost in sums; two undefined ones are. */
export function areClose(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return Math.abs(a - b) < CLOSE;
}

/** How a length between two whole numbers of cells is rounded. */
export type Rounding = 'nearest' | 'up' | 'down';

/** A whole number of cells. A half is rounded up, below zero too. */
export function wholeCells(value: number, rounding: Rounding): number {
  const below = Math.floor(value);
  const fraction = value - below;
  if (areClose(fraction, 0)) return below;
  if (areClose(fraction, 1)) return below + 1;
  if (rounding !== 'nearest') return rounding === 'up' ? below + 1 : below;
  return fraction > 0.5 || areClose(fraction, 0.5) ? below + 1 : below;
}
