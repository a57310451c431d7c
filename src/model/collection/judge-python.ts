// Chooses the verdict from the parts of a Python process's memory. Python does not report how much its objects hold.

import type { PythonBalance } from './python-balance.ts';
import type { Verdict } from './verdict.ts';

const MIB = 2 ** 20;

/** Anonymous memory below this belongs mostly to the interpreter. */
const SMALL = 16 * MIB;
/** More than this remaining is much: it exceeds the interpreter itself and some arenas with only an object or two in each. */
const NOTICEABLE = 24 * MIB;
/** Files that every Python process maps. */
const OWN_FILES = 24 * MIB;
/** Unreachable objects are much when they alone are this fraction of memory. */
const MANY = 1 / 10;

/** Judges by what was returned to the system, what was found, and what is left of the objects; the order of the rules matters. */
export function judgePython(balance: PythonBalance): Verdict {
  const { rss, files, before, lowest, back, found, left, used, untraced } = balance;
  if (files - OWN_FILES >= rss / 2) return 'native';
  if (before < SMALL) return 'small';
  if (back >= before / 3) return judgeFall(balance);
  if (untraced !== undefined && untraced >= before / 2) return 'native';
  if (found >= before * MANY && (left === undefined || left < 2 / 3)) return 'unreturned';
  if (lowest < NOTICEABLE) return 'small';
  if (used !== undefined && used < lowest / 3) return 'unreturned';
  return back < before / 4 ? 'retained' : 'mixed';
}

/** A third or more was returned to the system. */
function judgeFall({ before, lowest, back, found, left = 0, trimmed, used = 0 }: PythonBalance): Verdict {
  const isMuchLeft = lowest >= before / 4 && lowest >= NOTICEABLE;
  if (isMuchLeft && (left >= 1 / 4 || used >= lowest / 2)) return 'mixed';
  if (found < before * MANY && trimmed >= back / 2) return 'unreturned';
  return lowest >= before / 2 && lowest >= NOTICEABLE ? 'mixed' : 'garbage';
}
