// The snapshot: one sample of a machine. Immutable, JSON-safe, and the same whether it
// comes from /proc, another platform, a file or another host.

import type { GroupLimit, MemoryGroup, Pressure } from './cgroup-memory.ts';
import type { Details } from './details.ts';
import type { Gap } from './gap.ts';
import type { Heap } from './heap.ts';
import type { OwnNumbers } from './measure.ts';
import type { MemoryUse, Tmpfs } from './memory-use.ts';
import type { Kill } from './oom-kill.ts';
import type { SmapsSums } from './smaps.ts';

/**
 * The identity of a process. One object is shared (===) by all snapshots in which none of these facts changed,
 * so that what is derived from it alone can be cached by object.
 */
export interface Identity {
  readonly pid: number;
  readonly ppid: number;
  /**
   * What distinguishes two processes with the same pid: on Linux starttime, field 22 of /proc/PID/stat, in clock
   * ticks since boot (proc_pid_stat(5)); elsewhere `startedAt`.
   */
  readonly startTime: number;
  /** Start time in milliseconds since the epoch. Absent where unknown. */
  readonly startedAt?: number;
  /** Milliseconds from the boot of the machine until it started, where the system has a clock since boot: see `uptime`. */
  readonly startedAfter?: number;
  /** The kernel's name for it (comm), as it was read: hostile until cleaned. */
  readonly name: string;
  /** Its arguments joined by spaces, as they were read; empty for kernel threads and zombies. */
  readonly command: string;
  /** User name of the effective uid, or the uid as digits when it has no name. */
  readonly user?: string;
  /** True for kernel threads. */
  readonly kernel: boolean;
}

/**
 * The measures of a process. One object is shared (===) by all snapshots between which no reading changed, so an
 * idle process costs nothing a tick. A measure that could not be taken is absent, never zero.
 */
export interface Process extends OwnNumbers {
  readonly who: Identity;
  /** One letter as in proc_pid_stat(5): R S D Z T t X I … */
  readonly state: string;
  /** Resident set size in bytes. */
  readonly rss: number;
  /** The system reported more than the machine has: `rss` is then the machine's memory, and not shown. */
  readonly isRssUnknown?: true;
  /** Virtual memory size in bytes. */
  readonly virtual?: number;
  readonly threads?: number;
  /** User and system CPU time since it began, in milliseconds. */
  readonly cpuTime?: number;
  /** −20 to 19 (nice(2)). */
  readonly nice?: number;
  /** Page faults since it began that waited for a disk or for swap (majflt, proc_pid_stat(5)). */
  readonly majorFaults?: number;
  /** Milliseconds between this reading and the reading before it; absent on the first. */
  readonly sinceLastRead?: number;
  /** Highest RSS it ever had (VmHWM) in bytes. */
  readonly peak?: number;
  /** Swapped-out bytes (VmSwap). */
  readonly swap?: number;
  /** Path of its cgroup (cgroups(7)); with several hierarchies, of the one that accounts for memory; hostile until cleaned. */
  readonly cgroup?: string;
  /** Its PSS and USS as last read, perhaps a while ago; only where they are shown. */
  readonly smaps?: SmapsSums;
  /** Why PSS and USS are missing, where they were requested. */
  readonly smapsGap?: Gap['why'];
  /** True while the read of its command has not returned: the process or a file system hangs. */
  readonly late?: true;
  /** Only for processes with an agent that memtop can reach. */
  readonly heap?: Heap;
}

/** Memory of the whole machine, in bytes (proc_meminfo(5)). */
export interface SystemMemory {
  readonly total?: number;
  readonly free?: number;
  /** Memory available without swapping: MemAvailable, or computed for kernels older than 3.14. */
  readonly available?: number;
  readonly buffers?: number;
  readonly cached?: number;
  /** tmpfs and shared anonymous memory (Shmem). */
  readonly shared?: number;
  /** Kernel slab memory that can be reclaimed (SReclaimable). */
  readonly reclaimable?: number;
  readonly swapTotal?: number;
  readonly swapFree?: number;
  /** Bytes read from swap and written to it since the machine booted (pswpin and pswpout, proc_vmstat(5)). */
  readonly swappedIn?: number;
  readonly swappedOut?: number;
  /** The kernel's own counters of memory; on Linux only. */
  readonly use?: MemoryUse;
  /** How many processes the OOM killer has killed since boot. */
  readonly oomKills?: number;
  /** How long tasks wait for memory; absent where the kernel does not report it. */
  readonly pressure?: Pressure;
  /** The limit of the cgroup that memtop is in, where there is one below `total`. */
  readonly limit?: GroupLimit;
}

export interface Host {
  readonly name: string;
  /** `linux`, `darwin`, `win32` … as in Node's process.platform. */
  readonly platform: string;
  /** Kernel release, such as 6.18.0. */
  readonly kernel: string;
  /** Name and version of the distribution, such as "Debian 12". */
  readonly distribution?: string;
  /** When it booted, in milliseconds since the epoch. */
  readonly bootedAt?: number;
}

/** What sampling costs the observed machine beyond the monitor's own RSS. */
export interface Observer {
  readonly pid: number;
  /** Bytes the kernel holds for the descriptors kept open (a 4 KiB seq_file buffer each). */
  readonly kernelMemory: number;
  /** PIDs of the child processes that do reads which may hang; absent while there are none. */
  readonly children?: readonly number[];
}

export interface Snapshot {
  /** Wall clock, milliseconds since the epoch. */
  readonly time: number;
  /** A clock that never jumps, milliseconds since some fixed moment; spans are measured with it. */
  readonly monotonic: number;
  /** Milliseconds since boot, by the clock that `startedAfter` counts with: ages do not change when a clock is set. */
  readonly uptime?: number;
  readonly host: Host;
  readonly system: SystemMemory;
  readonly processes: readonly Process[];
  readonly gaps: readonly Gap[];
  /** OOM kills noticed since the previous snapshot; absent when there were none. */
  readonly events?: readonly Kill[];
  /** OOM kills from before the first snapshot, newest first; only on request. */
  readonly pastKills?: readonly Kill[];
  /** Memory cgroups of the processes shown, while cgroups are shown. The same array while none was read. */
  readonly groups?: readonly MemoryGroup[];
  /** Details of the process in the detail pane; absent without one. */
  readonly details?: Details;
  /** The mounted tmpfs, largest first, while the breakdown of memory is shown. */
  readonly tmpfs?: readonly Tmpfs[];
  /** Absent when the snapshot is not of the machine memtop runs on. */
  readonly observer?: Observer;
}
