// What is read only for the process in the detail pane.
import type { Gap } from './gap.ts';
import type { Insight } from './insight.ts';

/** A limit of proc_pid_limits(5): the soft and the hard limit. */
export interface Limit {
  readonly soft: number | 'unlimited';
  readonly hard: number | 'unlimited';
}

/** The limits that are shown, by their names in /proc/PID/limits without "Max". Sizes in bytes. */
export const PROCESS_LIMITS = [
  'address space',
  'data size',
  'stack size',
  'locked memory',
  'open files',
  'processes',
] as const;
export type LimitName = (typeof PROCESS_LIMITS)[number];

/** What RSS is made of, and more of proc_pid_status(5), in bytes. */
export interface MemoryParts {
  /** VmHWM and VmSwap. */
  readonly peak?: number;
  readonly swap?: number;
  /** RssAnon: anonymous memory, such as heaps and stacks. */
  readonly anonymous?: number;
  /** RssFile: mapped files, programs and libraries among them. */
  readonly file?: number;
  /** RssShmem: shared memory. */
  readonly shared?: number;
  /** VmData, VmStk and VmLck: the sizes that the limits of these names apply to. */
  readonly data?: number;
  readonly stack?: number;
  readonly locked?: number;
  /** VmPTE: its page tables. */
  readonly pageTables?: number;
  /** HugetlbPages: huge pages of hugetlbfs, which RSS does not count. Since Linux 4.4. */
  readonly hugePages?: number;
}

export interface Details {
  readonly pid: number;
  /** As in its identity: a reused pid is another process. */
  readonly startTime: number;
  readonly memory: MemoryParts;
  /** Open files, sockets and the like. */
  readonly descriptors?: number;
  readonly limits: Partial<Readonly<Record<LimitName, Limit>>>;
  /** The text of /proc/PID/cgroup as it was read: hostile until cleaned. */
  readonly cgroup?: string;
  /** The rank for the OOM killer (oom_score), and its manual adjustment (oom_score_adj, −1000 to 1000). */
  readonly oomScore?: number;
  readonly oomAdjustment?: number;
  /** Its files that could not be read, and why. */
  readonly gaps: Readonly<Record<string, Gap['why']>>;
  /** Reported by its agent, where it has one. */
  readonly insight?: Insight;
}
