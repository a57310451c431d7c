// Memory cgroups: the limit in force for a process, how much of it is used, and how long its members wait for memory.
/** The fraction of time in which tasks waited for memory, in percent (Documentation/accounting/psi.rst). */
export interface Pressure {
  /** At least one task waited: over the last 10 and 60 seconds. */
  readonly some10: number;
  readonly some60: number;
  /** All of them at once: nothing useful was done. The machine as a whole has none before Linux 5.13. */
  readonly full10?: number;
  readonly full60?: number;
}

/** A cgroup whose memory is limited. All sizes in bytes. */
export interface GroupLimit {
  /** As /proc/PID/cgroup has it: hostile until cleaned. */
  readonly path: string;
  /** Above it a member is killed (memory.max, memory.limit_in_bytes), or all are throttled (memory.high). 0 is possible. */
  readonly limit: number;
  /** True where memory.high is reached first: above it members are throttled, not killed. */
  readonly slows?: true;
  /** With `slows`: the memory.max of the same cgroup, above which a member is killed; absent without one. */
  readonly most?: number;
  /** All memory charged to it, page cache included. */
  readonly charged: number;
  /** The most that was ever charged to it (memory.peak, memory.max_usage_in_bytes); absent before Linux 5.19 in version 2. */
  readonly peak?: number;
  /** `charged` less the file pages that are reclaimed first (inactive_file): the working set, as kubelet counts it. */
  readonly workingSet?: number;
  /** `charged` less all that the kernel can reclaim without swapping: file pages and reclaimable slab. */
  readonly unreclaimable?: number;
  /** The swap it may use, and the swap it uses. */
  readonly swapLimit?: number;
  readonly swapUsed?: number;
  readonly pressure?: Pressure;
  /** The id of the container memtop runs in, where the path does not contain it: inside a container the path is `/`. */
  readonly container?: string;
}

/** The cgroup of some processes. */
export interface MemoryGroup {
  readonly path: string;
  /** As in GroupLimit; absent where the cgroup does not account for memory. */
  readonly charged?: number;
  readonly workingSet?: number;
  readonly unreclaimable?: number;
  readonly pressure?: Pressure;
  /** The limit in force: its own, or that of a cgroup above it. Absent when there is none. */
  readonly limit?: GroupLimit;
}

/**
 * Bytes in use: without what the kernel can reclaim, as the machine's MemAvailable counts it too. A cgroup full of file
 * cache is not short of memory.
 */
export function usedOf({
  charged,
  workingSet,
  unreclaimable,
}: Pick<GroupLimit, 'charged' | 'workingSet' | 'unreclaimable'>): number {
  return unreclaimable ?? workingSet ?? charged;
}

/** Bytes left below the limit, never negative. */
export function headroomBelow(limit: GroupLimit): number {
  return Math.max(0, limit.limit - usedOf(limit));
}

/** Bytes that its members may still swap out: what its swap limit leaves, and never more than the machine has free. */
export function swapHeadroomOf(limit: GroupLimit, { swapFree = 0 }: { readonly swapFree?: number }): number {
  const swap = limit.swapLimit === undefined ? swapFree : Math.max(0, limit.swapLimit - (limit.swapUsed ?? 0));
  return Math.min(swap, swapFree);
}

/** Bytes left before the limit acts: below it, and what may still be swapped out. */
export function lastHeadroomOf(limit: GroupLimit, system: { readonly swapFree?: number }): number {
  return headroomBelow(limit) + swapHeadroomOf(limit, system);
}

/**
 * The limit that is reached first: the one with the least headroom. Usage counts in every cgroup above as well, so a
 * wide limit shared by many may be nearer than a narrow one of the cgroup itself. The first of equals.
 */
export function tightest(limits: readonly GroupLimit[]): GroupLimit | undefined {
  let found: GroupLimit | undefined;
  for (const limit of limits) if (found === undefined || headroomBelow(limit) < headroomBelow(found)) found = limit;
  return found;
}
