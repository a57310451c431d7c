// Which verdict the parts of a Node process's memory come to.

import type { Balance } from './balance.ts';
import type { Verdict } from './verdict.ts';

const MIB = 2 ** 20;

/** Anonymous memory below this is the runtime's own for the most part: a bare Node takes 10 to 20 MiB. */
export const SMALL = 32 * MIB;
/** What remains of a healthy service: Node itself after some work, with its code, a few megabytes of objects, and malloc's. */
const SERVICE = 48 * MIB;
/** Objects that hold less are not worth calling retained. */
const NOTICEABLE = 24 * MIB;
/** What a worker thread that does nothing adds to both: 8 MiB of anonymous memory, and 12 MiB that its heap counts. */
export const THREAD = 10 * MIB;
/** Files that every Node process maps: its program file and libraries. */
const OWN_FILES = 64 * MIB;

/**
 * Judges by what came back and what remains; the order counts. A fall of anonymous memory by a third is a clear one.
 */
export function judgeNode(balance: Balance): Verdict {
  const { rss, files, before, lowest, back, heldAfter, freed, outside, threads, threadsMissing } = balance;
  const noticeable = NOTICEABLE + threads * THREAD;
  if (files - OWN_FILES >= rss / 2) return 'native';
  if (before < SMALL + threads * THREAD) return 'small';
  if (back >= before / 3) return judgeFall(balance, noticeable);
  if (freed >= before / 3) return heldAfter >= before / 4 && heldAfter >= noticeable ? 'mixed' : 'unreturned';
  if (heldAfter >= lowest / 2 && heldAfter >= noticeable) return 'retained';
  // What is outside of the main thread's heap may be what those threads hold.
  if (threadsMissing > 0) return 'mixed';
  if (lowest < SERVICE + threads * THREAD && heldAfter < noticeable) return 'small';
  return outside >= lowest / 2 && outside >= noticeable ? 'native' : 'mixed';
}

/** A third or more came back. */
function judgeFall(balance: Balance, noticeable: number): Verdict {
  const { before, lowest, back, held, heldAfter, freed, outside, threads, threadsMissing } = balance;
  const isMuchLeft = heldAfter >= before / 4 || heldAfter >= held / 3;
  // Objects that were worked with between two collections are garbage in every busy program.
  if (isMuchLeft && heldAfter >= noticeable)
    return freed < heldAfter / 2 && heldAfter >= lowest / 2 ? 'retained' : 'mixed';
  // What V8 keeps of a small process for a while is not worth another malloc.
  if (freed < back / 3 && threadsMissing === 0) return before < SERVICE + threads * THREAD ? 'small' : 'unreturned';
  if (freed < back / 3) return 'mixed';
  if (freed - back >= before / 3) return 'unreturned';
  return outside >= before / 2 ? 'mixed' : 'garbage';
}
