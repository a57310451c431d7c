// /proc/self/auxv: the page size and the length of a clock tick, without running getconf (getauxval(3)).
import { endianness } from 'node:os';

/** What the kernel counts memory and time in. */
export interface Units {
  /** Bytes. */
  readonly pageSize: number;
  /** Clock ticks (USER_HZ). */
  readonly ticksPerSecond: number;
}

/** What nearly every Linux uses: the default. */
export const USUAL_UNITS: Units = { pageSize: 4096, ticksPerSecond: 100 };

const AT_PAGESZ = 6;
const AT_CLKTCK = 17;

/** Reads the pairs of machine words; `wordSize` is 8 on 64-bit kernels and 4 on others. */
export function parseAuxv(bytes: Buffer, wordSize: 4 | 8): Units {
  let { pageSize, ticksPerSecond } = USUAL_UNITS;
  for (let at = 0; at + 2 * wordSize <= bytes.length; at += 2 * wordSize) {
    const value = wordAt(bytes, at + wordSize, wordSize);
    if (value === 0) continue;
    const type = wordAt(bytes, at, wordSize);
    if (type === AT_PAGESZ) pageSize = value;
    if (type === AT_CLKTCK) ticksPerSecond = value;
  }
  return { pageSize, ticksPerSecond };
}

function wordAt(bytes: Buffer, at: number, wordSize: 4 | 8): number {
  const little = endianness() === 'LE';
  if (wordSize === 4) return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}
