// The table of the parts of memory. One entry is a line of the breakdown and, by its id, a field of JSON.
import type { SystemMemory } from '../snapshot/snapshot.ts';
import { zramOf } from './zram.ts';

export interface Part {
  readonly id: string;
  readonly title: string;
  /** What it is, as the end of "9.8G in …". */
  readonly noun: string;
  /** What it is, in at most 38 cells. */
  readonly what: string;
  /** What frees the memory, in at most 65 cells together with `what`; empty for what is free already. */
  readonly release: string;
  /**
   * Counts as used and does not belong to processes: named in the header when it fills the machine. False for page
   * cache and reclaimable slab, which count as available.
   */
  readonly isHidden?: true;
  /** In bytes; undefined when the kernel does not count it, or not separately. */
  bytes(system: SystemMemory): number | undefined;
}

export const PARTS = [
  {
    id: 'processes',
    title: 'Processes',
    noun: 'processes',
    what: 'heaps, stacks, other anonymous memory',
    release: 'kill or collect in them',
    bytes: processBytes,
  },
  {
    id: 'cache',
    title: 'Page cache',
    noun: 'the page cache',
    what: 'files that were read or written',
    release: 'automatic, or echo 1 > drop_caches',
    bytes: ({ cached, buffers, shared }) =>
      cached === undefined ? undefined : Math.max(0, cached + (buffers ?? 0) - (shared ?? 0)),
  },
  {
    id: 'shared',
    title: 'Shared and tmpfs',
    noun: 'tmpfs and shared memory',
    what: 'files in /dev/shm, shared segments',
    release: 'rm the files, ipcrm',
    isHidden: true,
    bytes: ({ shared }) => shared,
  },
  {
    id: 'slabReclaimable',
    title: 'Slab, reclaimable',
    noun: 'reclaimable kernel slab',
    what: 'kernel caches of names, inodes',
    release: 'automatic, or echo 2 > drop_caches',
    bytes: ({ use }) => use?.slabReclaimable,
  },
  {
    id: 'slabUnreclaimable',
    title: 'Slab, unreclaimable',
    noun: 'unreclaimable kernel slab',
    what: 'kernel objects: sockets, tasks',
    release: 'close what slabtop shows',
    isHidden: true,
    bytes: ({ use }) => use?.slabUnreclaimable,
  },
  {
    id: 'pageTables',
    title: 'Page tables',
    noun: 'page tables',
    what: 'address maps of processes, guests',
    release: 'kill large processes',
    isHidden: true,
    bytes: ({ use }) => use?.pageTables,
  },
  {
    id: 'kernelStacks',
    title: 'Kernel stacks',
    noun: 'kernel stacks',
    what: 'one stack per thread',
    release: 'run fewer threads',
    isHidden: true,
    bytes: ({ use }) => use?.kernelStacks,
  },
  {
    id: 'perCpu',
    title: 'Per-CPU',
    noun: 'per-CPU memory of the kernel',
    what: 'kernel data per CPU',
    release: 'remove unused cgroups',
    isHidden: true,
    bytes: ({ use }) => use?.perCpu,
  },
  {
    id: 'vmalloc',
    title: 'Vmalloc',
    noun: 'vmalloc areas of the kernel',
    what: 'large buffers of kernel modules',
    release: 'unload modules',
    isHidden: true,
    bytes: vmallocBytes,
  },
  {
    id: 'hugePages',
    title: 'Huge pages',
    noun: 'huge pages',
    what: 'hugetlbfs pool, used or not',
    release: 'sysctl vm.nr_hugepages=0',
    isHidden: true,
    bytes: ({ use }) => use?.hugePages,
  },
  {
    id: 'arc',
    title: 'ZFS ARC',
    noun: 'ZFS ARC',
    what: 'cache of ZFS, outside the page cache',
    release: 'automatic, or zfs_arc_max',
    isHidden: true,
    bytes: ({ use }) => (use?.arc === undefined ? undefined : Math.max(0, use.arc.size - use.arc.inSlab)),
  },
  {
    id: 'zramUsed',
    title: 'zram',
    noun: 'zram',
    what: 'compressed swap or disks in memory',
    release: 'swapoff, or rm files on it',
    isHidden: true,
    bytes: (system) => zramOf(system)?.used,
  },
  {
    id: 'zswap',
    title: 'zswap',
    noun: 'zswap',
    what: 'compressed cache in front of swap',
    release: 'swapoff',
    isHidden: true,
    bytes: ({ use }) => use?.zswap,
  },
  {
    id: 'free',
    title: 'Free',
    noun: 'nothing',
    what: 'not used',
    release: '',
    bytes: ({ free, use }) => (free === undefined ? undefined : free + (use?.freeInCpuLists ?? 0)),
  },
] as const satisfies readonly Part[];

export type PartId = (typeof PARTS)[number]['id'];

/** What is left when all parts are subtracted from the whole. */
export const UNACCOUNTED = {
  id: 'unaccounted',
  title: 'Unaccounted',
  noun: 'memory that the kernel does not itemize',
  what: 'drivers, GPU, network, hypervisor',
  release: 'check the hypervisor balloon',
  isHidden: true,
} as const satisfies Omit<Part, 'bytes'>;

/**
 * Anonymous memory, and the part of the swap cache that no process has mapped: it is on the LRU lists but not in
 * AnonPages. The PSS of all processes would be more: it includes mapped page cache and shared memory, which are
 * separate parts.
 */
function processBytes({ use, cached, buffers }: SystemMemory): number | undefined {
  if (use?.anonymous === undefined) return undefined;
  const { anonymous, swapCached = 0, listed } = use;
  if (listed === undefined || cached === undefined) return anonymous;
  const unmapped = listed - anonymous - cached - (buffers ?? 0);
  return anonymous + Math.max(0, Math.min(swapCached, unmapped));
}

/**
 * Without the kernel stacks: most kernels since 4.9 (CONFIG_VMAP_STACK) have them in vmalloc areas, and whether this one
 * does cannot be read. Where it does not, the size of the stacks is missing here and is unaccounted for.
 */
function vmallocBytes({ use }: SystemMemory): number | undefined {
  if (use?.vmalloc === undefined) return undefined;
  return Math.max(0, use.vmalloc - (use.kernelStacks ?? 0));
}
