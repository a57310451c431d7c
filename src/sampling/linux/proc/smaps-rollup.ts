// /proc/PID/smaps_rollup, and /proc/PID/smaps, which has the same lines for each mapping (proc_pid_smaps(5)).

import type { SmapsSums } from '../../../model/snapshot/smaps.ts';
import { existing } from '../../../numbers/existing.ts';

/** The sums of the lines, in bytes. */
export type SharedMemory = Pick<SmapsSums, 'pss' | 'uss' | 'shared'>;

/** A line that counts, the part it is added to, and the kernel that has it first where the file is older than the line. */
interface Label {
  readonly label: string;
  readonly part: keyof SharedMemory;
  readonly since?: string;
}

const LABELS: readonly Label[] = [
  { label: 'Pss', part: 'pss' },
  { label: 'Private_Clean', part: 'uss' },
  { label: 'Private_Dirty', part: 'uss' },
  { label: 'Private_Hugetlb', part: 'uss', since: '4.4' },
  { label: 'Shared_Clean', part: 'shared' },
  { label: 'Shared_Dirty', part: 'shared' },
];

const WORDS: readonly Buffer[] = LABELS.map(({ label }) => Buffer.from(`${label}:`, 'latin1'));

const NEWLINE = 10;

/** Adds up the lines of a file, however it is cut into pieces. */
export class SmapsSum {
  /** By the place of the label in the table: lines so far, and their sum in kB. */
  readonly #lines = new Float64Array(LABELS.length);
  readonly #kilobytes = new Float64Array(LABELS.length);
  #isOdd = false;

  /**
   * Takes the whole lines among the first `length` bytes.
   *
   * @returns how many bytes that were; the rest must be passed again together with the next bytes.
   */
  add(bytes: Buffer, length: number): number {
    let at = 0;
    while (at < length) {
      const end = bytes.indexOf(NEWLINE, at);
      if (end === -1 || end >= length) break;
      this.#addLine(bytes, at, end);
      at = end + 1;
    }
    return at;
  }

  /** The sums; undefined when a line or a part of a record is missing, or no number that memory can have. */
  result(): SharedMemory | undefined {
    const records = Math.max(...this.#lines);
    const isWhole = LABELS.every(({ since }, place) => since !== undefined || this.#lines[place] === records);
    if (this.#isOdd || records === 0 || !isWhole) return undefined;
    const sums = { pss: 0, uss: 0, shared: 0 };
    for (const [place, { part }] of LABELS.entries()) sums[part] += (this.#kilobytes[place] ?? 0) * 1024;
    return Object.values(sums).every(Number.isSafeInteger) ? sums : undefined;
  }

  #addLine(bytes: Buffer, from: number, end: number): void {
    const place = WORDS.findIndex((word) => startsWith(bytes, from, word));
    if (place === -1) return;
    const kilobytes = kilobytesIn(bytes, from + existing(WORDS[place]).length, end);
    if (kilobytes === undefined) this.#isOdd = true;
    this.#lines[place] = existing(this.#lines[place]) + 1;
    this.#kilobytes[place] = existing(this.#kilobytes[place]) + (kilobytes ?? 0);
  }
}

/** PSS and USS from a whole file. Undefined when it is cut off or cannot be parsed. */
export function parseSmaps(bytes: Buffer, length: number): SharedMemory | undefined {
  const sum = new SmapsSum();
  return sum.add(bytes, length) === length ? sum.result() : undefined;
}

function startsWith(bytes: Buffer, from: number, word: Buffer): boolean {
  for (let index = 0; index < word.length; index += 1) if (bytes[from + index] !== word[index]) return false;
  return true;
}

/** The number between blanks and ` kB`. */
function kilobytesIn(bytes: Buffer, from: number, end: number): number | undefined {
  let at = from;
  while (bytes[at] === 32) at += 1;
  const first = at;
  let value = 0;
  for (let byte = existing(bytes[at]); byte >= 48 && byte <= 57; byte = existing(bytes[at])) {
    value = value * 10 + byte - 48;
    at += 1;
  }
  const hasUnit = end - at === 3 && bytes[at] === 32 && bytes[at + 1] === 107 && bytes[at + 2] === 66;
  return at > first && hasUnit && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
