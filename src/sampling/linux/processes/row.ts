// What the sampler remembers of one process between two samples.
import type { OwnNumbers } from '../../../model/snapshot/measure.ts';
import type { Shares } from '../../../model/snapshot/smaps.ts';
import type { Process } from '../../../model/snapshot/snapshot.ts';
import type { Why } from '../reading/file-reader.ts';

/** Numbers that have files of their own, and monotonic milliseconds of when each was read, by its place in their table. */
export interface OwnReading {
  readonly numbers: OwnNumbers;
  readonly readAt: number[];
}

export class ProcRow {
  readonly pid: number;
  /** The folder /proc/PID and the file in it that is read most, as strings made once. */
  readonly folder: string;
  readonly statPath: string;
  /** Where the roster has it. */
  place = -1;
  /** The kept descriptor of stat, or -1. */
  descriptor = -1;

  /** The last reading; absent before the first and while stat cannot be read. */
  process: Process | undefined;
  /** Monotonic milliseconds of the last reading, of the last one of status, and of command and user. */
  readAt = Number.NEGATIVE_INFINITY;
  measuredAt = Number.NEGATIVE_INFINITY;
  identifiedAt = Number.NEGATIVE_INFINITY;
  /** Readings in a row that were like the one before; a row that never moved has not moved yet either. */
  unchanged = 0;
  hasMoved = false;

  /** The fields of stat as they were, in the kernel's units. */
  state = 0;
  ppid = 0;
  faults = 0;
  majorFaults = 0;
  ticks = 0;
  nice = 0;
  threads = 0;
  startTime = 0;
  virtual = 0;
  /** Resident pages as stat has them, an estimate since Linux 6.2: only compared with the reading before. */
  statPages = 0;

  /**
   * Resident pages as shown: those of statm, or of stat for as long as the process lives where statm cannot be read, so
   * that its history has one source.
   */
  pages = 0;
  pagesFrom: 'statm' | 'stat' | undefined;
  /** Monotonic milliseconds of when they were read. */
  pagesAt = Number.NEGATIVE_INFINITY;

  /** VmHWM and VmSwap in bytes, as long as they are known. */
  peak: number | undefined;
  swap: number | undefined;
  /** The numbers that have files of their own; absent until one is wanted. */
  own: OwnReading | undefined;
  /** Path of its cgroup and monotonic milliseconds of when it was read. */
  cgroup: string | undefined;
  cgroupAt = Number.NEGATIVE_INFINITY;

  /** Page faults up to the last reading, also where nothing else had moved in it. */
  newestFaults = 0;

  /** PSS and USS as last read, when (monotonic milliseconds), the page faults by then, and why there are none. */
  shares: Shares | undefined;
  sharesAt = Number.NEGATIVE_INFINITY;
  sharesFaults = 0;
  sharesGap: Why | undefined;

  /** What could not be read of it, by file. */
  statGap: Why | undefined;
  statusGap: Why | undefined;
  commandGap: Why | undefined;
  cgroupGap: Why | undefined;

  /** Characters of its command, where that is a long one. */
  longCommand = 0;

  /** Number of the listing that named it last, and of the tick in which it was on screen last. */
  listing = 0;
  visible = -1;

  constructor(root: string, pid: number) {
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
    this.cgroup = undefined;
    this.cgroupAt = Number.NEGATIVE_INFINITY;
    this.measuredAt = Number.NEGATIVE_INFINITY;
    this.identifiedAt = Number.NEGATIVE_INFINITY;
    this.shares = undefined;
    this.sharesAt = Number.NEGATIVE_INFINITY;
    this.sharesGap = undefined;
    this.unchanged = 0;
    this.hasMoved = false;
    this.statGap = undefined;
    this.statusGap = undefined;
    this.commandGap = undefined;
    this.cgroupGap = undefined;
  }
}
