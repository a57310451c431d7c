// /proc/PID/stat: one line of a process's state, memory and times (proc_pid_stat(5), fs/proc/array.c).
// Parsed from the bytes: thousands of these are read every second, and none needs a string.
import { existing } from '../../../numbers/existing.ts';

/**
 * The fields that a reading is compared by with the one before, numbered as in proc_pid_stat(5), in the kernel's units. Rows
 * have them too, as they were.
 */
export class StatCounts {
  // Written by ../processes/row-stat.ts.
  /** (3) A character code. */
  state = 0;
  /** (4) */
  ppid = 0;
  /** (10 + 12) Minor and major page faults: memory cannot grow without one. */
  faults = 0;
  /** (12) Those of them that waited for a disk or for swap. */
  majorFaults = 0;
  /** (14 + 15) User and system time, in clock ticks. */
  ticks = 0;
  /** (19) −20 to 19. */
  nice = 0;
  /** (20) */
  threads = 0;
  /** (22) In clock ticks since boot. */
  startTime = 0;
  /** (23) In bytes. */
  virtual = 0;
}

/** All fields that are used. One object is filled again and again. */
export class StatFields extends StatCounts {
  /** Every number by its field, while it is being parsed. */
  readonly numbers = new Float64Array(25);
  /** Where the name (2) begins and ends in the bytes. It may hold anything, newlines and parentheses too. */
  nameStart = 0;
  nameEnd = 0;
  /** (9) PF_ flags of the kernel. */
  flags = 0;
  /** (24) Resident set size in pages. */
  pages = 0;
}

/** The state (3) of a process that has ended and waits for its parent: Z. */
export const ZOMBIE = 90;

/** PF_KTHREAD of include/linux/sched.h: a thread of the kernel itself. */
export const KERNEL_THREAD = 0x00200000;

/** Bytes that five levels of page tables reach, the kernel's half included. */
const MOST_VIRTUAL = 2 ** 57;

const SPACE = 32;
const MINUS = 45;
const ZERO = 48;
const OPEN = 40;
const CLOSE = 41;

/** The longest name the kernel prints: `tcomm[64]` in proc_task_name() of fs/proc/array.c. */
const LONGEST_NAME = 64;

/** Digits of a pid, and the blank behind it: the name's parenthesis comes no later. */
const LONGEST_PID = 12;

/**
 * Fills `into` from the first `length` bytes. The name runs from the first `(` to the last `)` it can have, since
 * everything after it is numbers. Returns false when the line is cut off or not of this shape.
 */
export function parseStat(bytes: Uint8Array, length: number, into: StatFields): boolean {
  let open = 2;
  while (open < LONGEST_PID && bytes[open] !== OPEN) open++;
  const close = findClose(bytes, open, length);
  if (close === -1 || bytes[close + 1] !== SPACE || bytes[close + 3] !== SPACE) return false;
  const { numbers } = into;
  if (!parseNumbers(bytes, close + 4, length, numbers)) return false;
  into.nameStart = open + 1;
  into.nameEnd = close;
  into.state = existing(bytes[close + 2]);
  into.ppid = existing(numbers[4]);
  into.flags = existing(numbers[9]);
  into.faults = existing(numbers[10]) + existing(numbers[12]);
  into.majorFaults = existing(numbers[12]);
  into.ticks = existing(numbers[14]) + existing(numbers[15]);
  into.nice = existing(numbers[19]);
  into.threads = existing(numbers[20]);
  into.startTime = existing(numbers[22]);
  into.virtual = existing(numbers[23]);
  into.pages = existing(numbers[24]);
  return into.state > SPACE && isPossible(into);
}

/** A kernel prints none of these below zero or beyond what is exact; of address space there is more (57 bits). */
function isPossible({ ppid, faults, majorFaults, ticks, threads, startTime, virtual, pages }: StatFields): boolean {
  const isCount = (value: number) => value >= 0 && value <= Number.MAX_SAFE_INTEGER;
  return (
    isCount(ppid) &&
    isCount(faults) &&
    isCount(majorFaults) &&
    isCount(ticks) &&
    isCount(threads) &&
    isCount(startTime) &&
    isCount(pages) &&
    virtual >= 0 &&
    virtual <= MOST_VIRTUAL
  );
}

/** Field 22 of a whole line, in clock ticks since boot; undefined where it is not a number. */
export function startTicksOf(stat: string): number | undefined {
  const ticks = Number(fieldsOf(stat)[22 - 3]);
  return Number.isSafeInteger(ticks) && ticks >= 0 ? ticks : undefined;
}

/** Whether the process group (5) of a line is that in the foreground of its terminal (8). */
export function isInForeground(stat: string): boolean {
  const fields = fieldsOf(stat);
  return fields[5 - 3] === fields[8 - 3];
}

/** The fields from the state (3) on, as text: for a line that is read once. */
function fieldsOf(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/**
 * Whether the line is that of a thread which is not its process: only those have a negative exit signal (field 38).
 * Threads are not listed in /proc, but each can be read there by its number.
 */
export function isThread(bytes: Buffer, length: number): boolean {
  return fieldsOf(bytes.toString('latin1', 0, length))[38 - 3] === '-1';
}

/** Where the name ends, or -1. */
function findClose(bytes: Uint8Array, open: number, length: number): number {
  if (bytes[open] !== OPEN) return -1;
  let close = Math.min(open + 1 + LONGEST_NAME, length - 1);
  while (close > open && bytes[close] !== CLOSE) close--;
  return close > open ? close : -1;
}

/** Fields 4 to 24. The last number of a truncated file is not used: something must follow it. */
function parseNumbers(bytes: Uint8Array, from: number, length: number, numbers: Float64Array): boolean {
  let at = from;
  for (let field = 4; field <= 24; field++) {
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    let digit = existing(bytes[at]) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return false;
    let value = 0;
    do {
      value = value * 10 + digit;
      digit = existing(bytes[++at]) - ZERO;
    } while (digit >= 0 && digit <= 9);
    if (at >= length || existing(bytes[at]) > SPACE) return false;
    numbers[field] = negative ? -value : value;
    at++;
  }
  return true;
}
