// A bar of memory: used memory, reclaimable cache, free memory.

import type { Theme } from '../theme/theme.ts';
import type { Role } from '../theme/themes.ts';

/** A bar of `width` cells. Fractions of the total, from 0 to 1; cache is drawn after used memory. */
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
