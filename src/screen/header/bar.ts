// A bar of memory: what is used, the cache that can be had back, what is free.

import type { Theme } from '../theme/theme.ts';
import type { Role } from '../theme/themes.ts';

/** A bar of `width` cells. Fractions are of the whole, between 0 and 1; cache is drawn behind what is used. */
export function bar(
  theme: Theme,
  width: number,
  { used, cache }: { readonly used: number; readonly cache: number },
  role: Role,
): string {
  const { barUsed, barCache, barFree } = theme.signs;
  const usedCells = Math.min(width, used > 0 ? Math.max(1, Math.round(used * width)) : 0);
  const cacheCells = Math.max(0, Math.min(width - usedCells, Math.round((used + cache) * width) - usedCells));
  const freeCells = width - usedCells - cacheCells;
  return (
    theme.fill(role, barUsed.repeat(usedCells)) +
    theme.fill('quiet', barCache.repeat(cacheCells) + barFree.repeat(freeCells))
  );
}
