// The kernel's memory counters from which the breakdown is made. All in bytes, on Linux only.

/** The cache of ZFS (arcstats of spl/kstat). meminfo counts it as used, without a line of its own. */
export interface Arc {
  /** Everything the ARC holds. */
  readonly size: number;
  /** The part of it that is in kernel slab (headers, dnodes, dbufs), and counted there already. */
  readonly inSlab: number;
}

/** A zram device: a disk that is kept, compressed, in memory (Documentation/admin-guide/blockdev/zram.rst). */
export interface Zram {
  /** Such as `zram0`. */
  readonly name: string;
  /** Bytes that were written to it and are still there, before compression. */
  readonly stored: number;
  /** Memory that holding them takes, all overhead included. */
  readonly used: number;
  /** The most memory it may take; absent where there is no such limit. */
  readonly limit?: number;
  /** Where it is swap: its size, and how much of that is in use. */
  readonly swap?: { readonly size: number; readonly used: number };
}

/** Lines of /proc/meminfo (proc_meminfo(5)) and of other files; absent where this kernel has no such line. */
export interface MemoryUse {
  /** AnonPages: memory of processes that belongs to no file, such as heaps and stacks. */
  readonly anonymous?: number;
  /** SwapCached: in memory and in swap at once. Those of its pages that are mapped are in AnonPages too. */
  readonly swapCached?: number;
  /** Active, Inactive and Unevictable together: the pages that the kernel may reclaim or has locked. */
  readonly listed?: number;
  /** Mapped: page cache and shared memory that processes have mapped, such as programs and libraries. */
  readonly mapped?: number;
  /** KReclaimable, else SReclaimable. */
  readonly slabReclaimable?: number;
  /** SUnreclaim, else all of Slab. */
  readonly slabUnreclaimable?: number;
  /** PageTables, and SecPageTables: those of guests and devices. */
  readonly pageTables?: number;
  /** KernelStack. */
  readonly kernelStacks?: number;
  /** Percpu. */
  readonly perCpu?: number;
  /** VmallocUsed, where it counts memory and not address space. Kernel stacks may be in it. */
  readonly vmalloc?: number;
  /** Huge pages of hugetlbfs of all sizes, used or not, and those of them that are free. */
  readonly hugePages?: number;
  readonly hugePagesFree?: number;
  /** Zswap: memory that the compressed cache in front of swap takes; Zswapped: what it holds. */
  readonly zswap?: number;
  readonly zswapped?: number;
  /** Free pages in the lists that each CPU keeps for itself (zoneinfo): MemFree does not count them. Read every ten seconds. */
  readonly freeInCpuLists?: number;
  readonly arc?: Arc;
  readonly zram?: readonly Zram[];
}

/** A mounted tmpfs: where, and how much it holds (some of which may be in swap). */
export interface Tmpfs {
  /** Hostile until cleaned. */
  readonly folder: string;
  readonly used: number;
}
