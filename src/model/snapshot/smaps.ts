// PSS and USS: what a process would free, and its proportional part of shared pages.

/** One reading of /proc/PID/smaps_rollup (proc_pid_smaps(5)), in bytes. */
export interface SmapsSums {
  /** Proportional set size: every page divided by the number of processes that map it. */
  readonly pss: number;
  /** Unique set size: pages that no other process maps, freed when it exits. */
  readonly uss: number;
  /** Resident pages that others map too. */
  readonly shared: number;
  /** RSS in stat at the time of the reading: when it has changed, PSS and USS have too. */
  readonly rss: number;
  /** When it was read, milliseconds since the epoch. */
  readonly readAt: number;
  /** Milliseconds that reading took. */
  readonly cost: number;
}

/** PSS and USS of a process whose RSS has not changed are read again after this many milliseconds: the processes that it shares pages with may have changed. */
export const SMAPS_AGE = 10_000;
/** A reading that takes longer than this (milliseconds) slows the process, which waits for the lock of its memory map meanwhile. */
export const COSTLY = 5;
/** The shortest time between two such slow readings, in milliseconds. */
export const COSTLY_REST = 30_000;

/** Milliseconds since PSS and USS were read, at a moment since the epoch. */
export function smapsAge({ readAt }: SmapsSums, time: number): number {
  return Math.max(0, time - readAt);
}
