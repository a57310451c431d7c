// /proc/meminfo: the memory of the machine (proc_meminfo(5), Documentation/filesystems/proc.rst).
import type { MemoryUse } from '../../../model/snapshot/memory-use.ts';
import type { SystemMemory } from '../../../model/snapshot/snapshot.ts';

/** The values of all lines in bytes, by their names. Lines that are no `Name: number [kB]` are left out. */
export type Meminfo = ReadonlyMap<string, number>;

/** What `Memory:` lines look like; counts such as HugePages_Total have no unit and stay counts. */
const LINE = /^([A-Za-z][\w()]*):[ \t]+(\d{1,15})( kB)?[ \t]*$/gm;

export function parseMeminfo(text: string): Meminfo {
  const values = new Map<string, number>();
  for (const [, name, digits, unit] of text.matchAll(LINE)) {
    const value = Number(digits) * (unit === undefined ? 1 : 1024);
    if (value <= Number.MAX_SAFE_INTEGER) values.set(name as string, value);
  }
  return values;
}

/**
 * The memory figures of a snapshot. `lowWatermark` (bytes, from zoneinfo) is called only where the kernel is older
 * than 3.14 and has no MemAvailable.
 */
export function systemMemory(meminfo: Meminfo, lowWatermark: () => number): SystemMemory {
  const total = meminfo.get('MemTotal') ?? Number.POSITIVE_INFINITY;
  const stated = meminfo.get('MemAvailable') ?? Number.POSITIVE_INFINITY;
  // lxcfs has shown containers more available memory than they have.
  const available =
    stated <= total && stated !== Number.POSITIVE_INFINITY ? stated : computeAvailable(meminfo, lowWatermark);
  return known({
    total: meminfo.get('MemTotal'),
    free: meminfo.get('MemFree'),
    available,
    buffers: meminfo.get('Buffers'),
    cached: meminfo.get('Cached'),
    shared: meminfo.get('Shmem'),
    reclaimable: meminfo.get('SReclaimable'),
    swapTotal: meminfo.get('SwapTotal'),
    swapFree: meminfo.get('SwapFree'),
  });
}

/** The kernel's own counters of memory. */
export function memoryUse(meminfo: Meminfo): MemoryUse {
  const get = (name: string) => meminfo.get(name);
  return known({
    anonymous: get('AnonPages'),
    swapCached: get('SwapCached'),
    listed: sumOf(get('Active'), get('Inactive'), get('Unevictable') ?? 0),
    mapped: get('Mapped'),
    slabReclaimable: get('KReclaimable') ?? get('SReclaimable'),
    slabUnreclaimable: get('SUnreclaim') ?? (meminfo.has('SReclaimable') ? undefined : get('Slab')),
    pageTables: sumOf(get('PageTables'), get('SecPageTables') ?? 0),
    kernelStacks: get('KernelStack'),
    perCpu: get('Percpu'),
    // Before Linux 4.4 this was address space, then always 0 until 5.3; Percpu came in between, with 5.0.
    vmalloc: meminfo.has('Percpu') ? get('VmallocUsed') : undefined,
    ...hugePages(meminfo),
    zswap: get('Zswap'),
    zswapped: get('Zswapped'),
  });
}

/** Hugetlb counts pages of all sizes (since Linux 4.16); the other lines count those of the default size. */
function hugePages(meminfo: Meminfo): Pick<MemoryUse, 'hugePages' | 'hugePagesFree'> {
  const size = meminfo.get('Hugepagesize');
  const [count, free] = [meminfo.get('HugePages_Total'), meminfo.get('HugePages_Free')];
  const pages = meminfo.get('Hugetlb') ?? (size === undefined || count === undefined ? undefined : size * count);
  return known({ hugePages: pages, hugePagesFree: size === undefined || free === undefined ? undefined : size * free });
}

function sumOf(...values: readonly (number | undefined)[]): number | undefined {
  return values.reduce((sum, value) => (sum === undefined || value === undefined ? undefined : sum + value), 0);
}

/** The fields that have a value. */
function known<Fact extends string>(
  facts: { readonly [Name in Fact]?: number | undefined },
): { readonly [Name in Fact]?: number } {
  const entries = Object.entries<number | undefined>(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in Fact]?: number };
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

/** Before 2.6.28 the lists of file pages were not separate; the cache without shared memory comes closest. */
function pageCache(meminfo: Meminfo): number | undefined {
  const active = meminfo.get('Active(file)');
  const inactive = meminfo.get('Inactive(file)');
  if (active !== undefined && inactive !== undefined) return active + inactive;
  const cached = meminfo.get('Cached');
  return cached === undefined ? undefined : Math.max(0, cached - (meminfo.get('Shmem') ?? 0));
}
