// The numbers of a process that each have a file of their own in /proc/PID: the table of them, and how they are read.

import type { OwnNumbers } from '../../../model/snapshot/measure.ts';
import type { Process } from '../../../model/snapshot/snapshot.ts';
import { isWantedOf, type Needs } from '../../sampler/sampler.ts';
import { parseOomScore } from '../proc/oom-score.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRow } from './row.ts';

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

/** The table with a bit for each entry. */
const MARKED = OWN_NUMBERS.map((entry, place) => ({ ...entry, bit: 1 << place }));

/** Reads them into rows: all that are wanted of a row at once, so that one time says how old they are. */
export class OwnNumberReader {
  readonly #reader: FileReader;
  /** The numbers that were wanted last, as sums of their bits: of rows on screen and of all rows. */
  #needs: Needs | undefined;
  #ofVisible = 0;
  #ofAll = 0;

  constructor(reader: FileReader) {
    this.#reader = reader;
  }

  /** The numbers that are to be read now of a row that has memory, as a sum of bits; 0 for none. */
  // biome-ignore lint/complexity/useMaxParams: asked of each row in each tick: an object for it would cost more than the answer.
  due(row: ProcRow, moved: boolean, now: number, visible: boolean, needs: Needs): number {
    if (needs !== this.#needs) this.#take(needs);
    const wanted = visible ? this.#ofVisible : this.#ofAll;
    return wanted !== 0 && (moved || now - row.ownAt >= AGE || (wanted & ~row.ownBits) !== 0) ? wanted : 0;
  }

  /**
   * Reads those that are due. Others of a row that moved are dropped: an old figure is worse than none. Overwrites the
   * reader's bytes.
   */
  read(row: ProcRow, due: number, moved: boolean, now: number): void {
    if (due === 0 && (row.own === undefined || !moved)) return;
    const before = row.own ?? NONE;
    let numbers = before;
    for (const { field, file, parse, bit } of MARKED) {
      const isDue = (due & bit) !== 0;
      if (!isDue && !moved) continue;
      const value = isDue ? this.#readOne(`${row.folder}/${file}`, parse) : undefined;
      if (numbers[field] === value) continue;
      const { [field]: _, ...others } = numbers;
      numbers = value === undefined ? others : { ...others, [field]: value };
    }
    if (numbers !== before) row.own = numbers;
    row.ownBits = due;
    row.ownAt = now;
  }

  #readOne(path: string, parse: OwnNumber['parse']): number | undefined {
    const length = this.#reader.once(path);
    return typeof length === 'number' ? parse(this.#reader.bytes, length) : undefined;
  }

  /** Consumers make needs once for a sample. */
  #take(needs: Needs): void {
    this.#needs = needs;
    this.#ofVisible = bitsOf((field) => isWantedOf(field, true, needs));
    this.#ofAll = bitsOf((field) => isWantedOf(field, false, needs));
  }
}

function bitsOf(isWanted: (field: Field) => boolean): number {
  return MARKED.reduce((bits, { field, bit }) => (isWanted(field) ? bits | bit : bits), 0);
}

/** Whether a process has the numbers that were read of it last. */
export function hasOwnNumbers(process: Process, own: OwnNumbers = NONE): boolean {
  for (const { field } of MARKED) if (process[field] !== own[field]) return false;
  return true;
}
