// Sizes of terminals at which frames are kept: columns and lines, from a large window down to the smallest that is of use.

export const SIZES = [
  [160, 50],
  [120, 30],
  [80, 24],
  [40, 10],
  [20, 5],
] as const;
