// Resident pages of a process: those of statm or status, which are exact, read when they can have changed.

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

/** What resident pages are read from. */
interface PagesSource {
  readonly reader: FileReader;
  /** Those of a status that has just been read: statm would only repeat them. */
  readonly stated: number | undefined;
}

/**
 * Exact resident pages: those of stat may be off by a batch for each CPU since Linux 6.2 (percpu_counter in
 * include/linux/mm.h). Where they cannot be read those of stat are taken for as long as the process lives. Overwrites
 * the reader's bytes.
 *
 * @returns whether they differ from those of the reading before
 */
export function readPages(row: ProcRow, fields: StatFields, now: number, source: PagesSource): boolean {
  const before = row.pages;
  row.pages = newestPages(row, fields, source);
  row.pagesAt = now;
  return row.pages !== before;
}

function newestPages(row: ProcRow, fields: StatFields, { reader, stated }: PagesSource): number {
  const estimate = Math.max(0, fields.pages);
  if (!hasMemory(fields) || row.pagesFrom === 'stat') return estimate;
  const pages = stated ?? pagesOfStatm(row, reader);
  // One failed reading must not change the source while the process lives.
  if (pages === undefined && row.pagesFrom === 'exact') return row.pages;
  row.pagesFrom = pages === undefined ? 'stat' : 'exact';
  return pages ?? estimate;
}

/** Resident pages from statm; undefined where they cannot be read. */
export function pagesOfStatm({ folder }: ProcRow, reader: FileReader): number | undefined {
  const length = reader.once(`${folder}/statm`);
  return typeof length === 'number' ? parseStatm(reader.bytes, length) : undefined;
}

/** Finds the process with the most resident pages in one pass over the rows, so that the others need not be read further. */
export class Largest {
  readonly #reader: FileReader;
  #pages = -1;

  constructor(reader: FileReader) {
    this.#reader = reader;
  }

  /** Whether a row has no more memory than one that was read before it; false where that cannot be known. */
  isPassed(row: ProcRow): boolean {
    const pages = pagesOfStatm(row, this.#reader);
    return pages !== undefined && pages <= this.#pages;
  }

  /** Takes over what a reading of a row brought: of a process that has gone nothing counts. */
  note({ process, pages }: ProcRow): void {
    if (process !== undefined) this.#pages = Math.max(this.#pages, pages);
  }
}
