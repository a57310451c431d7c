// The reading of a row: the Process that snapshots have of it, when it was read, and for how long it has not moved.

import type { Process } from '../../../model/snapshot/snapshot.ts';
import type { ProcRow } from './row.ts';

/** A reading at `now` (monotonic milliseconds) that differs from the one before. */
export function setReading(row: ProcRow, process: Process, now: number): void {
  row.hasMoved = row.process !== undefined;
  row.process = process;
  row.unchanged = 0;
  row.readAt = now;
}

/** A reading that is like the one before. */
export function repeatReading(row: ProcRow, now: number): void {
  row.unchanged++;
  row.readAt = now;
}

/** A reading that failed: the one before is kept. */
export function keepReading(row: ProcRow, now: number): void {
  row.readAt = now;
}

/** A reading that showed only that the process cannot be read. Everything known of it is forgotten. */
export function loseReading(row: ProcRow, now: number): void {
  const unchanged = row.unchanged + 1;
  row.reset();
  row.unchanged = unchanged;
  row.readAt = now;
}

/** The same reading with something that did not come from it, such as the name of a user or PSS. */
export function amendReading(row: ProcRow, process: Process): void {
  row.process = process;
}
