// /proc/PID/smaps_rollup, and /proc/PID/smaps, which has the same lines for each mapping (proc_pid_smaps(5)).

/** What the shares of a process are made of, in bytes. */
export interface SharedMemory {
  readonly pss: number;
  /** Private_Clean, Private_Dirty and, where there are huge pages of hugetlbfs, Private_Hugetlb. */
  readonly uss: number;
  /** Shared_Clean and Shared_Dirty. */
  readonly shared: number;
}

const LABELS = ['Pss', 'Private_Clean', 'Private_Dirty', 'Shared_Clean', 'Shared_Dirty', 'Private_Hugetlb'] as const;
type Label = (typeof LABELS)[number];

/** Private_Hugetlb came with Linux 4.4; the others are as old as the file. */
const REQUIRED = LABELS.slice(0, -1);

const WORDS: readonly { readonly label: Label; readonly bytes: Buffer }[] = LABELS.map((label) => ({
  label,
  bytes: Buffer.from(`${label}:`, 'latin1'),
}));

const NEWLINE = 10;
const LETTER_P = 80;
const LETTER_S = 83;

/** Adds up the lines of a file, however it is cut into pieces. */
export class SmapsSum {
  readonly #sums = new Map<Label, number>();
  readonly #counts = new Map<Label, number>();
  #isOdd = false;

  /**
   * Takes the whole lines among the first `length` bytes.
   *
   * @returns how many bytes that were; the rest is to be handed in again with what follows.
   */
  add(bytes: Buffer, length: number): number {
    let at = 0;
    while (at < length) {
      const end = bytes.indexOf(NEWLINE, at);
      if (end === -1 || end >= length) break;
      const first = bytes[at];
      if (first === LETTER_P || first === LETTER_S) this.#addLine(bytes, at, end);
      at = end + 1;
    }
    return at;
  }

  /** The sums; undefined when a line or a part of a record is missing, or no number that memory can have. */
  result(): SharedMemory | undefined {
    const records = this.#counts.get('Pss');
    if (this.#isOdd || records === undefined) return undefined;
    if (REQUIRED.some((label) => this.#counts.get(label) !== records)) return undefined;
    const sum = (...labels: readonly Label[]) =>
      labels.reduce((total, label) => total + (this.#sums.get(label) ?? 0), 0) * 1024;
    const told = {
      pss: sum('Pss'),
      uss: sum('Private_Clean', 'Private_Dirty', 'Private_Hugetlb'),
      shared: sum('Shared_Clean', 'Shared_Dirty'),
    };
    return Object.values(told).every(Number.isSafeInteger) ? told : undefined;
  }

  #addLine(bytes: Buffer, from: number, end: number): void {
    const word = WORDS.find((each) => startsWith(bytes, from, each.bytes));
    if (word === undefined) return;
    const kilobytes = kilobytesIn(bytes, from + word.bytes.length, end);
    if (kilobytes === undefined) this.#isOdd = true;
    this.#sums.set(word.label, (this.#sums.get(word.label) ?? 0) + (kilobytes ?? 0));
    this.#counts.set(word.label, (this.#counts.get(word.label) ?? 0) + 1);
  }
}

/** The shares in a whole file. Undefined when it is cut off or not understood. */
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
  for (let byte = bytes[at] as number; byte >= 48 && byte <= 57; byte = bytes[at] as number) {
    value = value * 10 + byte - 48;
    at += 1;
  }
  const hasUnit = end - at === 3 && bytes[at] === 32 && bytes[at + 1] === 107 && bytes[at + 2] === 66;
  return at > first && hasUnit && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
}
