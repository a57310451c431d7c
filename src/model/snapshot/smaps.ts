// True shares of memory: what a process would give back, and its fair part of what it has in common with others.

/** One reading of /proc/PID/smaps_rollup (proc_pid_smaps(5)), in bytes. */
export interface Shares {
  /** Proportional set size: every page divided by the number of processes that map it. */
  readonly pss: number;
  /** Unique set size: pages that nobody else maps, given back when it ends. */
  readonly uss: number;
  /** Resident pages that others map too. */
  readonly shared: number;
  /** RSS as stat told it at the time of the reading: when that has moved, the shares have too. */
  readonly rss: number;
  /** When it was read, milliseconds since the epoch. */
  readonly readAt: number;
  /** Milliseconds that reading took. */
  readonly cost: number;
}

/** Shares of a process that has not moved are read again after so many milliseconds: others may have come and gone. */
export const SHARES_AGE = 10_000;
/** A reading that takes longer than this (milliseconds) is a burden for the process, which waits for its own memory. */
export const COSTLY = 5;
/** It is then repeated at most this often, in milliseconds. */
export const COSTLY_REST = 30_000;

/** Milliseconds since the shares were read, at a moment since the epoch. */
export function ageOfShares({ readAt }: Shares, time: number): number {
  return Math.max(0, time - readAt);
}
