// /proc/meminfo: the memory of the machine (proc_meminfo(5), Documentation/filesystems/proc.rst).
import type { SystemMemory } from '../../model/snapshot.ts';

/** The values of all lines in bytes, by their names. Lines that are no `Name: number [kB]` are left out. */
export type Meminfo = ReadonlyMap<string, number>;

/** What `Memory:` lines look like; counts such as HugePages_Total have no unit and stay counts. */
const LINE = /^([A-Za-z][\w()]*):[ \t]+(\d{1,15})( kB)?[ \t]*$/gm;

export function parseMeminfo(text: string): Meminfo {
  const values = new Map<string, number>();
  for (const [, name, digits, unit] of text.matchAll(LINE)) {
    values.set(name as string, Number(digits) * (unit === undefined ? 1 : 1024));
  }
  return values;
}

/**
 * What a snapshot says of the machine. `lowWatermark` (bytes, from zoneinfo) is asked for only where the kernel is
 * older than 3.14 and tells no MemAvailable.
 */
export function systemMemory(meminfo: Meminfo, lowWatermark: () => number): SystemMemory {
  const available = meminfo.get('MemAvailable') ?? computeAvailable(meminfo, lowWatermark);
  const facts = {
    total: meminfo.get('MemTotal'),
    free: meminfo.get('MemFree'),
    available,
    buffers: meminfo.get('Buffers'),
    cached: meminfo.get('Cached'),
    shared: meminfo.get('Shmem'),
    reclaimable: meminfo.get('SReclaimable'),
    swapTotal: meminfo.get('SwapTotal'),
    swapFree: meminfo.get('SwapFree'),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/**
 * The kernel's own sum (si_mem_available, first in commit 34e431b0ae39): free memory, and of the file cache and the
 * reclaimable slab what is left above the low watermark, or half where that is less.
 */
function computeAvailable(meminfo: Meminfo, lowWatermark: () => number): number | undefined {
  const free = meminfo.get('MemFree');
  const cache = pageCache(meminfo);
  if (free === undefined || cache === undefined) return undefined;
  const low = lowWatermark();
  const slab = meminfo.get('SReclaimable') ?? 0;
  const available = free - low + cache - Math.min(cache / 2, low) + slab - Math.min(slab / 2, low);
  const total = meminfo.get('MemTotal') ?? available;
  return Math.round(Math.min(Math.max(available, 0), total));
}

/** Before 2.6.28 the lists of file pages were not told apart; then the cache without shared memory comes closest. */
function pageCache(meminfo: Meminfo): number | undefined {
  const active = meminfo.get('Active(file)');
  const inactive = meminfo.get('Inactive(file)');
  if (active !== undefined && inactive !== undefined) return active + inactive;
  const cached = meminfo.get('Cached');
  return cached === undefined ? undefined : Math.max(0, cached - (meminfo.get('Shmem') ?? 0));
}
