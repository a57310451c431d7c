// What a row has of /proc/PID/status: peak and swap, read when they can have changed, and the user.

import type { Measure } from '../../../model/snapshot/measure.ts';
import { isWantedOf, type Needs } from '../../sampler/sampler.ts';
import type { StatFields } from '../proc/stat.ts';
import { parseStatus } from '../proc/status.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { hasMemory, isKernelThread } from './identify.ts';
import type { UserNames } from './passwd.ts';
import type { ProcRow } from './row.ts';

/** Peak and swap of a row that did not move are read again after this many milliseconds. */
const MEASURE_AGE = 10_000;

/** What is read from status. */
const STATUS_MEASURES: readonly Measure[] = ['peak', 'swap'];

/** What reading status takes besides the row. */
interface StatusSource {
  readonly reader: FileReader;
  readonly users: UserNames;
}

/**
 * Memory cannot have grown without a fault, so what was measured still holds while neither the fault counters nor
 * anything else in stat has moved.
 */
// biome-ignore lint/complexity/useMaxParams: asked of each row in each tick: an object for it would cost more than the answer.
export function isStatusDue(
  row: ProcRow,
  fields: StatFields,
  moved: boolean,
  now: number,
  visible: boolean,
  needs: Needs,
): boolean {
  const isWanted = STATUS_MEASURES.some((measure) => isWantedOf(measure, visible, needs));
  if (!isWanted || !hasMemory(fields)) return false;
  return moved || row.faults !== fields.faults || now - row.measuredAt >= MEASURE_AGE;
}

/** What a status has that is stored by others. */
export interface StatusReading {
  readonly user?: string | undefined;
  /** VmRSS, bytes. */
  readonly rss?: number | undefined;
}

/** Takes peak and swap into the row, and returns the user's name and VmRSS; undefined where it cannot be read. */
export function readStatus(
  row: ProcRow,
  fields: StatFields,
  now: number,
  { reader, users }: StatusSource,
): StatusReading | undefined {
  if (isKernelThread(fields)) return { user: users.nameOf(0, now) };
  const length = reader.once(`${row.folder}/status`);
  row.statusGap = typeof length === 'number' ? undefined : length;
  if (typeof length !== 'number') return undefined;
  const status = parseStatus(reader.bytes, length);
  // A zombie has no memory any more, but it had that much once.
  row.peak = status.peak ?? row.peak;
  row.swap = status.swap;
  row.measuredAt = now;
  if (status.uid === undefined) row.statusGap = 'malformed';
  return { user: status.uid === undefined ? undefined : users.nameOf(status.uid, now), rss: status.rss };
}

/** Swap can change at any time once a process is active: then an old figure is worse than none. The peak only grows. */
export function forgetSwap(row: ProcRow): void {
  row.swap = undefined;
}

/** Raises the peak to an RSS in bytes that was read after it. */
export function raisePeak(row: ProcRow, rss: number): void {
  if (row.peak !== undefined && row.peak < rss) row.peak = rss;
}
