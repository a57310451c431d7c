// A process that was killed because memory ran out: what is known, the source, and how certain it is.

/** The source of a kill: the kernel's own log, the journal, a file that any user may write, a counter, or likely signs. */
export type KillSource = 'kmsg' | 'journal' | 'syslog' | 'counter' | 'signs';

/** Sizes are bytes; what is unknown is absent. */
export interface Kill {
  readonly type: 'oom-kill';
  /** Wall clock, milliseconds since the epoch. */
  readonly time: number;
  /** Its PID in the initial namespace; inside a container it may differ from the one seen there. */
  readonly pid?: number;
  /** As it was read: hostile until cleaned. */
  readonly name?: string;
  readonly user?: string;
  /** Anonymous, file and shared memory resident at its death, as the killer reported it. */
  readonly rss?: number;
  /** What ran out: a memory cgroup's limit, the machine's memory, or the program's own heap limit. */
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
