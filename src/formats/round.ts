// Rounds numbers to the digits that were measured.

/** The number rounded to the given number of decimals; undefined stays undefined. */
export function round(value: number | undefined, decimals: number): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(decimals));
}
