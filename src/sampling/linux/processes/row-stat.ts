// Applies stat to a row: whether it has changed, and what happens to the row where stat cannot be read.

import type { StatFields } from '../proc/stat.ts';
import type { Why } from '../reading/file-reader.ts';
import type { ProcRow } from './row.ts';
import { keepReading, loseReading } from './row-process.ts';

/** Whether stat shows a change of something that a Process contains. */
export function hasChanged(row: ProcRow, fields: StatFields): boolean {
  return (
    fields.ticks !== row.ticks ||
    fields.pages !== row.statPages ||
    fields.state !== row.state ||
    fields.virtual !== row.virtual ||
    fields.majorFaults !== row.majorFaults ||
    fields.nice !== row.nice ||
    fields.threads !== row.threads
  );
}

/** Takes what is new in each reading of stat, whether anything else has moved in it or not. */
export function noteStat(row: ProcRow, fields: StatFields): void {
  row.statGap = undefined;
  row.newestFaults = fields.faults;
}

/** Stores what stat has, to compare the next reading with. */
export function remember(row: ProcRow, fields: StatFields): void {
  row.state = fields.state;
  row.ppid = fields.ppid;
  row.faults = fields.faults;
  row.majorFaults = fields.majorFaults;
  row.ticks = fields.ticks;
  row.nice = fields.nice;
  row.threads = fields.threads;
  row.startTime = fields.startTime;
  row.virtual = fields.virtual;
  row.statPages = fields.pages;
}

/** Whether the error of a read is memtop's problem (such as too many open files), not the process's. */
export function isPassing(why: Why): boolean {
  return why === 'too-many-files' || why === 'failed' || why === 'late';
}

/** The last reading is used until the next one succeeds. */
export function keepLast(row: ProcRow, why: Why, now: number): true {
  row.statGap = why;
  keepReading(row, now);
  return true;
}

/** The process exists but cannot be read: it has no row until it can be read again, and counts as a gap. */
export function markUnreadable(row: ProcRow, why: Why, now: number): true {
  loseReading(row, now);
  row.statGap = why;
  return true;
}
