// A process that was killed for memory: what is known, the source, and how certain it is.

/** Where a kill was read: in the kernel's own log, in the journal, in a file anyone may write, from a counter, from signs. */
export type KillSource = 'kmsg' | 'journal' | 'syslog' | 'counter' | 'signs';

/** Sizes are bytes; what is unknown is absent. */
export interface Kill {
  readonly type: 'oom-kill';
  /** Wall clock, milliseconds since the epoch. */
  readonly time: number;
  /** Its pid as the kernel numbers it; in a container that may be another than the one seen there. */
  readonly pid?: number;
  /** As it was read: hostile until cleaned. */
  readonly name?: string;
  readonly user?: string;
  /** Anonymous, file and shared memory resident at its death, as the killer reported it. */
  readonly rss?: number;
  /** What had run out: a memory cgroup's limit, the machine, or the limit of the program's own heap. */
  readonly scope?: 'cgroup' | 'machine' | 'heap';
  /** The cgroup whose limit was hit. */
  readonly cgroup?: string;
  readonly limit?: number;
  readonly by: 'kernel' | 'earlyoom' | 'systemd-oomd' | 'v8';
  /** `probable`: not logged, but likely. */
  readonly certainty: 'certain' | 'probable';
  readonly source: KillSource;
  /** False where any user may have written the text. */
  readonly verified: boolean;
}
