// Chooses the verdict from the parts of a Node process's memory.

import type { Balance } from './balance.ts';
import type { Verdict } from './verdict.ts';

const MIB = 2 ** 20;

/** Anonymous memory below this belongs mostly to the runtime: a bare Node takes 10 to 20 MiB. */
export const SMALL = 32 * MIB;
/** Anonymous memory that a healthy service keeps: Node with its compiled code, a few megabytes of objects, and malloc's free pages. */
const SERVICE = 48 * MIB;
/** Objects that hold less than this are not called retained. */
const NOTICEABLE = 24 * MIB;
/** What an idle worker thread adds to both: 8 MiB of anonymous memory, and 12 MiB that its heap counts. */
export const THREAD = 10 * MIB;
/** Files that every Node process maps: its program file and libraries. */
const OWN_FILES = 64 * MIB;

/**
 * Judges by what was returned to the system and what remains; the order of the rules matters. A fall of anonymous memory by a third counts as clear.
 */
export function judgeNode(balance: Balance): Verdict {
  const { rss, files, before, lowest, back, heldAfter, freed, outside, threads, threadsMissing } = balance;
  const noticeable = NOTICEABLE + threads * THREAD;
  if (files - OWN_FILES >= rss / 2) return 'native';
  if (before < SMALL + threads * THREAD) return 'small';
  if (back >= before / 3) return judgeFall(balance, noticeable);
  if (freed >= before / 3) return heldAfter >= before / 4 && heldAfter >= noticeable ? 'mixed' : 'unreturned';
  if (heldAfter >= lowest / 2 && heldAfter >= noticeable) return 'retained';
  // Memory outside of the main thread's heap may belong to those threads.
  if (threadsMissing > 0) return 'mixed';
  if (lowest < SERVICE + threads * THREAD && heldAfter < noticeable) return 'small';
  return outside >= lowest / 2 && outside >= noticeable ? 'native' : 'mixed';
}

/** A third or more was returned to the system. */
function judgeFall(balance: Balance, noticeable: number): Verdict {
  const { before, lowest, back, held, heldAfter, freed, outside, threads, threadsMissing } = balance;
  const isMuchLeft = heldAfter >= before / 4 || heldAfter >= held / 3;
  // In every busy program the objects in use between two collections become garbage.
  if (isMuchLeft && heldAfter >= noticeable)
    return freed < heldAfter / 2 && heldAfter >= lowest / 2 ? 'retained' : 'mixed';
  // What V8 holds back for a while in a small process does not justify another malloc.
  if (freed < back / 3 && threadsMissing === 0) return before < SERVICE + threads * THREAD ? 'small' : 'unreturned';
  if (freed < back / 3) return 'mixed';
  if (freed - back >= before / 3) return 'unreturned';
  return outside >= before / 2 ? 'mixed' : 'garbage';
}
