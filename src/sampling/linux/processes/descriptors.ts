// The descriptors kept open between ticks. Reading one again costs half of opening the file again, but the kernel holds
// a 4 KiB buffer for each (fs/seq_file.c), so only the rows that matter get one.
import { closeSync } from 'node:fs';
import { parseLimits } from '../proc/limits.ts';
import type { FileReader } from '../reading/file-reader.ts';
import { QUIET_AFTER } from './roster.ts';
import type { ProcRow } from './row.ts';

/** What the kernel holds for one of them, in bytes. */
export const DESCRIPTOR_COST = 4096;

/** More than this are never kept: with those of the machine (vmstat, pressure) the kernel holds 2 MiB at most. */
export const MOST_DESCRIPTORS = 508;

export class Descriptors {
  readonly #reader: FileReader;
  readonly #open = new Set<ProcRow>();
  readonly #allowed: () => number;
  #most: number | undefined;

  /** `allowed` says how many may be kept; it is asked when the first is: a program that takes one snapshot keeps none. */
  constructor(reader: FileReader, allowed: () => number) {
    this.#reader = reader;
    this.#allowed = allowed;
  }

  get #limit(): number {
    this.#most ??= Math.max(0, Math.min(this.#allowed(), MOST_DESCRIPTORS));
    return this.#most;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Opens a row's stat and keeps it open where the budget allows. A row on screen replaces one that is not. */
  keep(row: ProcRow, tick: number): void {
    if (this.#open.size >= this.#limit && !(row.visible === tick && this.#freeOne(tick))) return;
    const descriptor = this.#reader.open(row.statPath);
    if (typeof descriptor !== 'number') return;
    row.descriptor = descriptor;
    this.#open.add(row);
  }

  /** Rows on screen and rows that move keep their descriptor: those are read again in the next tick. */
  keepOrRelease(row: ProcRow, tick: number, everyRow: boolean): void {
    const moves = row.hasMoved && row.unchanged < QUIET_AFTER;
    // Not after the first reading: a program that takes one snapshot has no use for it.
    const matters = moves || (row.unchanged > 0 && (everyRow || row.visible === tick));
    if (row.descriptor !== -1) {
      if (!matters) this.release(row);
    } else if (matters && row.process !== undefined) {
      this.keep(row, tick);
    }
  }

  release(row: ProcRow): void {
    if (row.descriptor === -1) return;
    closeSync(row.descriptor);
    row.descriptor = -1;
    this.#open.delete(row);
  }

  /** Closes all, and keeps at most half as many from now on: this process, or the machine, has run out of descriptors. */
  surrender(): boolean {
    if (this.#open.size === 0) return false;
    this.#most = Math.floor(this.#open.size / 2);
    this.releaseAll();
    return true;
  }

  releaseAll(): void {
    for (const row of this.#open) this.release(row);
  }

  #freeOne(tick: number): boolean {
    for (const row of this.#open) {
      if (row.visible === tick) continue;
      this.release(row);
      return true;
    }
    return false;
  }
}

/** Descriptors that the rest of the program may need: Node's own, sockets of agents, files loaded on demand. */
const RESERVED = 128;

/** How many may be kept under a soft limit of /proc/PID/limits: most of them belong to the rest of the program. */
export function descriptorLimit(limits: string): number {
  const soft = parseLimits(limits)['open files']?.soft;
  if (soft === 'unlimited') return MOST_DESCRIPTORS;
  if (soft === undefined || soft < RESERVED) return 0;
  return Math.min(MOST_DESCRIPTORS, Math.floor(soft / 4));
}

/** How many this process may keep, by its own soft limit. */
export function ownDescriptorLimit(reader: FileReader): number {
  const limits = reader.text('/proc/self/limits');
  return 'text' in limits ? descriptorLimit(limits.text) : 0;
}
