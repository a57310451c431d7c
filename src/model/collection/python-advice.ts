// The text of each verdict on a Python process: what fell, what was found, what remains, and what to do.

import { formatSize } from '../../text/format.ts';
import { percent } from './node-advice.ts';
import type { PythonBalance } from './python-balance.ts';
import type { Verdict } from './verdict.ts';

/** A program without a leak has no more than this left. */
const LITTLE = 64 * 2 ** 20;
/** Anonymous memory up to this is mostly the interpreter's: about 10 MiB. */
const BARE = 16 * 2 ** 20;

/** Explanation and next step for a verdict on a Python process. */
export function pythonWords(
  verdict: Verdict,
  balance: PythonBalance,
): { readonly explanation: string; readonly next: string } {
  const next = verdict === 'unreturned' && balance.back < balance.before / 3 ? PINNED : NEXT[verdict];
  return { explanation: explain(verdict, balance), next };
}

/** Trimming freed nothing: Python's allocator keeps an arena while any object is in it. */
const PINNED =
  'Objects that are in use lie on most of its pages. The program uses the rest again before it takes more; work with such ' +
  'a peak gives all of it back when a child process does it.';

const NEXT: Readonly<Record<Verdict, string>> = {
  small: 'There is little to gain: an idle Python process takes about 10M.',
  garbage:
    'Call gc.collect() after large structures are dropped, lower gc.set_threshold(), or break the cycles with weakref.',
  unreturned:
    'The allocator keeps it: use malloc_trim after large releases, MALLOC_ARENA_MAX=1, or another malloc through ' +
    'LD_PRELOAD. The program uses it again before it takes more.',
  retained: 'The leak test (collect --repeat 5 --every 60s) shows which; collect --lines 30s --yes names what grows.',
  native:
    'Check extension modules, threads and mapped files (/proc/PID/smaps has the RSS of each mapping); it may also be ' +
    'freed memory that the allocator keeps.',
  mixed: 'No single part explains it: collect again in a minute, or start the program with -X tracemalloc.',
};

function explain(verdict: Verdict, balance: PythonBalance): string {
  const { rss, before, lowest, back, files, unreachable, untraced } = balance;
  const found = unreachable === 0 ? 'no object' : unreachable === 1 ? '1 object' : `${grouped(unreachable)} objects`;
  const collected = `The collector found ${found} unreachable, and ${fall(balance)}`;
  switch (verdict) {
    case 'small':
      return `${before < BARE ? 'Most of it is Python itself' : 'The process is small'}: anonymous memory is ${formatSize(before)} of ${formatSize(rss)} RSS. ${collected}.`;
    case 'garbage':
      return lowest < LITTLE && lowest <= before / 2
        ? `${collected}. It is not a leak: cycles waited for a collection.`
        : `${collected}.${remains(balance)} A leak may still be in what remains.`;
    case 'unreturned':
      return back >= before / 3
        ? `${collected} once the allocator returned its free pages: it had been freed before.${remains(balance)}`
        : `${collected}: most was freed inside the program and not returned to the system, or the program mapped it itself.${remains(balance)}`;
    case 'retained':
      return `${collected}: what remains is in use. A leak or a cache.`;
    case 'native':
      return untraced === undefined || files > untraced
        ? `${formatSize(files)} (${percent(files, rss)}) of ${formatSize(rss)} RSS is mapped files and shared memory. ${collected}.`
        : `tracemalloc does not know of ${formatSize(untraced)} (${percent(untraced, before)}) of ${formatSize(before)} anonymous memory, its own tables left out. ${collected}.`;
    case 'mixed':
      return `${collected}.${remains(balance)}`;
  }
}

/** `anonymous memory fell by 121M (84%) to 23.0M`. */
function fall({ before, back, lowest }: PythonBalance): string {
  return back === 0
    ? `anonymous memory stayed at ${formatSize(lowest)}`
    : `anonymous memory fell by ${formatSize(back)} (${percent(back, before)}) to ${formatSize(lowest)}`;
}

function remains({ used, lowest }: PythonBalance): string {
  return used === undefined ? '' : ` Of the ${formatSize(lowest)} that remain about ${formatSize(used)} is in use.`;
}

/** 2000000 as 2,000,000. */
function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}
