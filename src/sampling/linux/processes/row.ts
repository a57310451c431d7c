// What the sampler remembers of one process between two samples.
import type { OwnNumbers } from '../../../model/snapshot/measure.ts';
import type { SmapsSums } from '../../../model/snapshot/smaps.ts';
import type { Process } from '../../../model/snapshot/snapshot.ts';
import { StatCounts } from '../proc/stat.ts';
import type { Why } from '../reading/file-reader.ts';

/**
 * Groups of fields, each with one module that writes it, as the line above the group says; `reset` clears them all. The
 * check of the house holds it. Those of `StatCounts` are as they were in the last reading of stat.
 */
export class ProcRow extends StatCounts {
  readonly pid: number;
  /** The folder /proc/PID and the file in it that is read most, as strings made once. */
  readonly folder: string;
  readonly statPath: string;

  // Written by roster.ts.
  /** Where the roster has it. */
  place = -1;
  /** Number of the listing that named it last, and of the tick in which it was on screen last. */
  listing = 0;
  visible = -1;

  // Written by descriptors.ts.
  /** The kept descriptor of stat, or -1. */
  descriptor = -1;

  // Written by row-process.ts.
  /** The last reading; absent before the first and while stat cannot be read. */
  process: Process | undefined;
  /** Monotonic milliseconds of the last reading. */
  readAt = Number.NEGATIVE_INFINITY;
  /** Readings in a row that were like the one before; a row that never moved has not moved yet either. */
  unchanged = 0;
  hasMoved = false;

  // Written by row-stat.ts.
  /** Resident pages as stat has them, an estimate since Linux 6.2: only compared with the reading before. */
  statPages = 0;
  /** Page faults up to the last reading, also where nothing else had moved in it. */
  newestFaults = 0;
  /** Why stat could not be read. */
  statGap: Why | undefined;

  // Written by resident-pages.ts.
  /**
   * Resident pages as shown: the exact ones of statm or status, or those of stat for as long as the process lives where
   * they cannot be read, so that its history has one source.
   */
  pages = 0;
  pagesFrom: 'exact' | 'stat' | undefined;
  /** Monotonic milliseconds of when they were read. */
  pagesAt = Number.NEGATIVE_INFINITY;

  // Written by row-status.ts.
  /** VmHWM and VmSwap in bytes, as long as they are known. */
  peak: number | undefined;
  swap: number | undefined;
  /** Monotonic milliseconds of the last reading of status, and why it could not be read. */
  measuredAt = Number.NEGATIVE_INFINITY;
  statusGap: Why | undefined;

  // Written by own-numbers.ts.
  /** The numbers that have files of their own; absent until one is wanted. */
  own: OwnNumbers | undefined;
  /** The numbers read last, as a sum of their bits, and monotonic milliseconds of when they were read. */
  ownBits = 0;
  ownAt = Number.NEGATIVE_INFINITY;

  // Written by identify.ts.
  /** Monotonic milliseconds of the last reading of name, command and user, and why the command could not be read. */
  identifiedAt = Number.NEGATIVE_INFINITY;
  commandGap: Why | undefined;

  // Written by command-budget.ts.
  /** Characters of its command, where that is a long one. */
  longCommand = 0;

  // Written by cgroup-reader.ts.
  /** Path of its cgroup, monotonic milliseconds of when it was read, and why it could not be. */
  cgroup: string | undefined;
  cgroupAt = Number.NEGATIVE_INFINITY;
  cgroupGap: Why | undefined;

  // Written by ../smaps/smaps-reader.ts.
  /** PSS and USS as last read, when (monotonic milliseconds), the page faults by then, and why there are none. */
  smaps: SmapsSums | undefined;
  smapsAt = Number.NEGATIVE_INFINITY;
  smapsFaults = 0;
  smapsGap: Why | undefined;

  constructor(root: string, pid: number) {
    super();
    this.pid = pid;
    this.folder = `${root}/${pid}`;
    this.statPath = `${this.folder}/stat`;
  }

  /** Forgets the process, after its pid turned out to be another's. */
  reset(): void {
    this.process = undefined;
    this.pagesFrom = undefined;
    this.pagesAt = Number.NEGATIVE_INFINITY;
    this.peak = undefined;
    this.swap = undefined;
    this.own = undefined;
    this.ownBits = 0;
    this.ownAt = Number.NEGATIVE_INFINITY;
    this.cgroup = undefined;
    this.cgroupAt = Number.NEGATIVE_INFINITY;
    this.measuredAt = Number.NEGATIVE_INFINITY;
    this.identifiedAt = Number.NEGATIVE_INFINITY;
    this.smaps = undefined;
    this.smapsAt = Number.NEGATIVE_INFINITY;
    this.smapsGap = undefined;
    this.unchanged = 0;
    this.hasMoved = false;
    this.statGap = undefined;
    this.statusGap = undefined;
    this.commandGap = undefined;
    this.cgroupGap = undefined;
  }
}
