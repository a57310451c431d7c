// Which verdict the parts of a Python process's memory come to. Python does not say how much its objects hold.

import type { PythonBalance } from './python-balance.ts';
import type { Verdict } from './verdict.ts';

const MIB = 2 ** 20;

/** Anonymous memory below this is the interpreter's own for the most part. */
const SMALL = 16 * MIB;
/** What remains is much from here on: the interpreter's own, and some arenas that it keeps for an object or two in each. */
const NOTICEABLE = 24 * MIB;
/** Files that every Python process maps. */
const OWN_FILES = 24 * MIB;
/** What was found unreachable is much when it alone is this part of memory. */
const MANY = 1 / 10;

/** Judges by what came back, what was found, and what is left of the objects; the order counts. */
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

/** A third or more came back. */
function judgeFall({ before, lowest, back, found, left = 0, trimmed, used = 0 }: PythonBalance): Verdict {
  const isMuchLeft = lowest >= before / 4 && lowest >= NOTICEABLE;
  if (isMuchLeft && (left >= 1 / 4 || used >= lowest / 2)) return 'mixed';
  if (found < before * MANY && trimmed >= back / 2) return 'unreturned';
  return lowest >= before / 2 && lowest >= NOTICEABLE ? 'mixed' : 'garbage';
}
