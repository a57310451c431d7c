// /proc/self/auxv: the page size and the length of a clock tick, without running getconf (getauxval(3)).
import { existing } from '../../../numbers/existing.ts';

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
  const words = wordsOf(bytes, wordSize);
  for (let at = 0; at + 1 < words.length; at += 2) {
    const [type, value] = [existing(words[at]), existing(words[at + 1])];
    if (value === 0) continue;
    if (type === AT_PAGESZ) pageSize = value;
    if (type === AT_CLKTCK) ticksPerSecond = value;
  }
  return { pageSize, ticksPerSecond };
}

/** Machine words in the machine's own order of bytes; what is too short for one is left out. */
function wordsOf(bytes: Buffer, wordSize: 4 | 8): number[] {
  const whole = new Uint8Array(bytes.subarray(0, bytes.length - (bytes.length % wordSize))).buffer;
  return wordSize === 4 ? [...new Uint32Array(whole)] : Array.from(new BigUint64Array(whole), Number);
}
