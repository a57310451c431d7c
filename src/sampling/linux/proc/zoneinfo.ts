// /proc/zoneinfo: the watermarks below which the kernel reclaims memory, and free pages that CPUs keep (proc_zoneinfo(5),
// mm/vmstat.c).

/** The low watermarks of all zones together, in pages; 0 when the text names none. */
export function parseLowWatermark(text: string): number {
  let pages = 0;
  for (const [, low] of text.matchAll(/^\s+low\s+(\d{1,15})$/gm)) pages += Number(low);
  return pages;
}

/** The free pages in the lists that each CPU keeps for itself, which MemFree does not count; 0 when the text names none. */
export function parseCpuLists(text: string): number {
  let pages = 0;
  for (const [, count] of text.matchAll(/^\s+count:\s+(\d{1,15})$/gm)) pages += Number(count);
  return pages;
}
