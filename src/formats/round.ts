// Numbers without the digits that nobody measured.

/** The number to so many decimals; undefined stays undefined. */
export function round(value: number | undefined, decimals: number): number | undefined {
  return value === undefined ? undefined : Number(value.toFixed(decimals));
}
