// What each verdict on a Python process says to its owner.
import { percent } from './diagnosis-node.ts';
import { formatSize } from './format.ts';
import type { Verdict } from './verdict.ts';

/** RSS in bytes around the collection, and the objects it found that nothing referred to. */
export interface PythonEffect {
  readonly before: number;
  readonly after: number;
  readonly unreachable: number;
}

type PythonVerdict = Exclude<Verdict, 'native' | 'small'>;

/** Explanation and next step for a verdict on a Python process. */
export function pythonWords(
  verdict: PythonVerdict,
  effect: PythonEffect,
): { readonly explanation: string; readonly next: string } {
  return { explanation: explain(verdict, effect), next: NEXT[verdict] };
}

const NEXT: Readonly<Record<PythonVerdict, string>> = {
  garbage:
    'Call gc.collect() after large structures are dropped, lower gc.set_threshold(), or break the cycles with weakref.',
  unreturned:
    'It is the allocator that keeps it: malloc_trim after large releases, MALLOC_ARENA_MAX=1, or another malloc by LD_PRELOAD.',
  retained: 'The leak test (collect --repeat 5 --every 60s) tells which; two tracemalloc snapshots show what grows.',
  mixed: 'No one thing explains it: collect again in a minute, or start the program with -X tracemalloc.',
};

/** What an interpreter with a few modules takes, in bytes. */
const BARE = 32 * 2 ** 20;

function explain(verdict: PythonVerdict, { before, after, unreachable }: PythonEffect): string {
  const found = unreachable === 0 ? 'no objects' : unreachable === 1 ? '1 object' : `${grouped(unreachable)} objects`;
  const fall = `RSS fell by ${formatSize(before - after)} (${percent(before - after, before)}) to ${formatSize(after)}`;
  switch (verdict) {
    case 'garbage':
      return `${fall}: ${found} were unreachable. It is not a leak: cycles waited for a collection.`;
    case 'unreturned':
      return after <= before * (2 / 3)
        ? `${fall} once the allocator gave back its free pages; the collector found ${found}. It had been freed before.`
        : `The collector found ${found}, but RSS stayed at ${formatSize(after)}: freed inside the program, not given back.`;
    case 'retained':
      if (after < BARE)
        return `The collector found ${found} to free; ${formatSize(after)} is little more than Python itself takes.`;
      return `The collector found ${found} to free and RSS stayed at ${formatSize(after)}: what is held is in use. A leak or a cache.`;
    case 'mixed':
      return `${fall}; the collector found ${found}. That explains a part of it.`;
  }
}

/** 2000000 as 2,000,000. */
function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** What tracemalloc does not know of: it knows `traced` of `rss` bytes. */
export function nativePythonWords(
  traced: number,
  rss: number,
): { readonly explanation: string; readonly next: string } {
  const rest = Math.max(0, rss - traced);
  return {
    explanation: `Python objects account for ${formatSize(traced)} of ${formatSize(rss)} RSS; ${formatSize(rest)} (${percent(rest, rss)}) is outside them.`,
    next:
      'Look at extension modules, threads and mapped files (/proc/PID/smaps has the RSS of each mapping); it may also be ' +
      'freed memory that the allocator keeps.',
  };
}
