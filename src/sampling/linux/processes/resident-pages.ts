// Resident pages of a process: those of statm, which are exact, read when they can have changed.

import type { StatFields } from '../proc/stat.ts';
import { parseStatm } from '../proc/statm.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { hasMemory } from './identify.ts';
import type { ProcRow } from './row.ts';

/** Resident pages of a row on screen that did not move are read again after this many milliseconds. */
const PAGES_AGE = 5_000;

/**
 * Memory cannot grow without a fault. It can shrink without anything in stat, when pages are swapped out or given back:
 * then rows on screen show it within some seconds, and the others with their next movement.
 */
// biome-ignore lint/complexity/useMaxParams: asked of each row in each tick: an object for it would cost more than the answer.
export function arePagesDue(row: ProcRow, fields: StatFields, moved: boolean, now: number, visible: boolean): boolean {
  return moved || fields.faults !== row.faults || (visible && now - row.pagesAt >= PAGES_AGE);
}

/**
 * Resident pages from statm: those of stat may be off by a batch for each CPU since Linux 6.2 (percpu_counter in
 * include/linux/mm.h). Where statm cannot be read those of stat are taken for as long as the process lives. Overwrites
 * the reader's bytes.
 *
 * @returns whether they differ from those of the reading before
 */
export function readPages(row: ProcRow, fields: StatFields, now: number, reader: FileReader): boolean {
  const before = row.pages;
  row.pages = newestPages(row, fields, reader);
  row.pagesAt = now;
  return row.pages !== before;
}

function newestPages(row: ProcRow, fields: StatFields, reader: FileReader): number {
  const estimate = Math.max(0, fields.pages);
  if (!hasMemory(fields) || row.pagesFrom === 'stat') return estimate;
  const length = reader.once(`${row.folder}/statm`);
  const pages = typeof length === 'number' ? parseStatm(reader.bytes, length) : undefined;
  // One failed reading must not change the source while the process lives.
  if (pages === undefined && row.pagesFrom === 'statm') return row.pages;
  row.pagesFrom = pages === undefined ? 'stat' : 'statm';
  return pages ?? estimate;
}
