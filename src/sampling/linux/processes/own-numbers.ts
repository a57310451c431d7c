// The numbers of a process that each have a file of their own in /proc/PID: the table of them, and how they are read.

import type { OwnNumbers } from '../../../model/snapshot/measure.ts';
import type { Process } from '../../../model/snapshot/snapshot.ts';
import { isWantedOf, type Needs } from '../../sampler/sampler.ts';
import { parseOomScore } from '../proc/oom-score.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { OwnReading, ProcRow } from './row.ts';

/** One number, its file and its parser. */
interface OwnNumber {
  /** The field of `Process`, which is the name of the measure too. */
  readonly field: string;
  /** The file in /proc/PID. */
  readonly file: string;
  /** The number in the first `length` bytes; undefined where they are not what the kernel writes. */
  readonly parse: (bytes: Buffer, length: number) => number | undefined;
}

/**
 * One entry is a measure and a field of `Process`; a column that shows it names it as its `measure`. It is read while such
 * a column is shown, of processes that have memory: when they moved, and every ten seconds.
 */
const OWN_NUMBERS = [
  // How likely the kernel is to kill the process when memory runs out (proc_pid_oom_score(5)). It goes by memory, swap
  // and page tables (oom_badness in mm/oom_kill.c), and by what is written to oom_score_adj.
  { field: 'oomScore', file: 'oom_score', parse: parseOomScore },
] as const satisfies readonly OwnNumber[];

type Field = (typeof OWN_NUMBERS)[number]['field'];

declare module '../../../model/snapshot/measure.ts' {
  interface OwnNumbers extends Readonly<Partial<Record<Field, number>>> {}
}

/** Numbers of a row that did not move are read again after this many milliseconds. */
const AGE = 10_000;

const NONE: OwnNumbers = {};

/** The table with what an entry is found by: its place among the times of a reading, and its bit among those due. */
const PLACED = OWN_NUMBERS.map((entry, place) => ({ ...entry, place, bit: 1 << place }));

/** Which numbers of a row that has memory are to be read now, as a sum of bits; 0 for none. */
// biome-ignore lint/complexity/useMaxParams: asked of each row in each tick: an object for it would cost more than the answer.
export function dueOwnNumbers(row: ProcRow, moved: boolean, now: number, visible: boolean, needs: Needs): number {
  let due = 0;
  if (needs.measures.size === 0) return due;
  for (const { field, place, bit } of PLACED) {
    if (!isWantedOf(field, visible, needs)) continue;
    if (moved || now - (row.own?.readAt[place] ?? Number.NEGATIVE_INFINITY) >= AGE) due |= bit;
  }
  return due;
}

/**
 * Reads the numbers that are due into the row. Those of a row that moved and are not due are dropped: an old figure is
 * worse than none. Overwrites the reader's bytes.
 */
// biome-ignore lint/complexity/useMaxParams: done for each row that moved: an object for it would cost more than it reads.
export function readOwnNumbers(row: ProcRow, due: number, moved: boolean, now: number, reader: FileReader): void {
  const before = row.own;
  if (due === 0 && (before === undefined || !moved)) return;
  const readAt = before?.readAt ?? PLACED.map(() => Number.NEGATIVE_INFINITY);
  let numbers = before?.numbers ?? NONE;
  for (const { field, file, parse, place, bit } of PLACED) {
    const isDue = (due & bit) !== 0;
    if (!isDue && !moved) continue;
    let value: number | undefined;
    if (isDue) {
      const length = reader.once(`${row.folder}/${file}`);
      value = typeof length === 'number' ? parse(reader.bytes, length) : undefined;
      readAt[place] = now;
    }
    if (numbers[field] === value) continue;
    const { [field]: _, ...others } = numbers;
    numbers = value === undefined ? others : { ...others, [field]: value };
  }
  if (before === undefined || before.numbers !== numbers) row.own = { numbers, readAt };
}

/** Whether a process has the numbers that were read of it last. */
export function hasOwnNumbers(process: Process, own: OwnReading | undefined): boolean {
  for (const { field } of PLACED) if (process[field] !== own?.numbers[field]) return false;
  return true;
}
