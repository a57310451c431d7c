// The text of each verdict on a Node process: what fell, what remains, and what to do.

import { formatSize } from '../../text/format.ts';
import type { Balance } from './balance.ts';
import { heapLimitAdvice } from './heap-limit.ts';
import { SMALL, THREAD } from './judge-node.ts';
import type { CollectionEffect, Verdict } from './verdict.ts';

type Words = { readonly explanation: string; readonly next: string };

const MIB = 2 ** 20;

/** A program without a leak has no more than this left, and no more than this of it in objects. */
const LITTLE = 64 * MIB;
const FEW_OBJECTS = 24 * MIB;
/** RSS that grew again within two seconds is reported from this size and this fraction on. */
const REGROWN = 16 * MIB;
const REGROWN_PART = 1 / 10;

/** Explanation and next step for a verdict on a Node process. */
export function nodeWords(verdict: Verdict, balance: Balance, effect: CollectionEffect): Words {
  const { explanation, next } = WORDS[verdict](balance, effect);
  return { explanation: `${explanation}${regrowth(balance)}${missing(balance)}`, next };
}

const WORDS: Readonly<Record<Verdict, (balance: Balance, effect: CollectionEffect) => Words>> = {
  small: smallWords,
  garbage: garbageWords,
  unreturned: unreturnedWords,
  retained: retainedWords,
  native: nativeWords,
  mixed: mixedWords,
};

function smallWords(balance: Balance): Words {
  const { rss, before, heldAfter, freed, files, threads } = balance;
  const itself =
    threads === 0 ? 'Node itself' : threads === 1 ? 'Node itself and a thread' : `Node itself and ${threads} threads`;
  const objects = `reachable objects hold ${formatSize(heldAfter)}`;
  const isBare = before < SMALL + threads * THREAD && heldAfter - threads * THREAD < rss / 2;
  const most = isBare ? `Most of it is ${itself}` : 'The process is small';
  return {
    explanation:
      `${most}: of ${formatSize(rss)} RSS ${objects}, and ${formatSize(files)} is files of the program. ` +
      `Collecting freed ${formatSize(freed)}; ${fall(balance)}.`,
    next: 'There is little to gain: an idle Node process takes 40 to 60M.',
  };
}

function garbageWords(balance: Balance, effect: CollectionEffect): Words {
  const { held, heldAfter, freed, lowest } = balance;
  const isLittle = heldAfter < FEW_OBJECTS && lowest < LITTLE;
  return {
    explanation:
      `${percent(freed, held)} of what objects held (${formatSize(freed)} of ${formatSize(held)}) was unreachable, and ` +
      `${fall(balance)}. ` +
      (isLittle
        ? 'It is not a leak: the collector had no reason to run yet.'
        : `${remains(balance)} A leak may still be in what remains.`),
    next:
      `${heapLimitAdvice(effect) ?? 'Use a rule that collects when memory is low.'}` +
      (isLittle ? '' : ' The leak test (collect --repeat 5 --every 60s) shows whether what remains grows.'),
  };
}

function unreturnedWords(balance: Balance): Words {
  const { before, back, freed, spare } = balance;
  if (back >= before / 3 && freed < back / 3) {
    return {
      explanation:
        `${sentence(fall(balance))}, but objects gave up only ${formatSize(freed)} of that: the rest had been freed before, ` +
        `and was returned only now (or V8 does not count it, such as WebAssembly memory). ${remains(balance)}`,
      next: 'Collect from time to time, or use another malloc, such as jemalloc through LD_PRELOAD.',
    };
  }
  const retained = Math.max(0, freed - back);
  return {
    explanation:
      `Objects gave up ${formatSize(freed)}, but ${fall(balance)}: ${formatSize(retained)} was freed inside the program and ` +
      `not returned to the system. ${remains(balance)}`,
    next:
      spare >= retained / 2
        ? 'The heap is fragmented: reachable objects lie on most of its pages. The program uses the rest again before the heap grows.'
        : 'The allocator keeps it: use malloc_trim where the runtime can (Node 26), or another malloc, such as ' +
          'jemalloc through LD_PRELOAD. The program uses it again before it takes more.',
  };
}

function retainedWords(balance: Balance): Words {
  const { heldAfter, freed, lowest } = balance;
  return {
    explanation:
      `Reachable objects hold ${formatSize(heldAfter)} of the ${formatSize(lowest)} that remain; collecting freed ` +
      `${formatSize(freed)}, and ${fall(balance)}. A leak or a cache.`,
    next: 'The leak test (collect --repeat 5 --every 60s) shows which; collect --lines 30s names what grows.',
  };
}

function nativeWords(balance: Balance): Words {
  const { rss, files, heldAfter, spare, lowest, outside } = balance;
  if (files >= rss / 2 && outside < files) {
    return {
      explanation:
        `${formatSize(files)} of ${formatSize(rss)} RSS is mapped files and shared memory; the JS heap accounts for ` +
        `${formatSize(heldAfter + spare)}. ${sentence(fall(balance))}.`,
      next: 'See which files are mapped: /proc/PID/smaps has the RSS of each mapping.',
    };
  }
  return {
    explanation:
      `The JS heap accounts for ${formatSize(heldAfter + spare)} of the ${formatSize(lowest)} that remain; ` +
      `${formatSize(outside)} (${percent(outside, lowest)}) is outside it. ${sentence(fall(balance))}.`,
    next:
      'Check native addons, threads and open streams or handles (/proc/PID/smaps has the RSS of each mapping); it may ' +
      'also be freed memory that the allocator keeps.',
  };
}

function mixedWords(balance: Balance): Words {
  const { freed } = balance;
  return {
    explanation: `Collecting freed ${formatSize(freed)}, and ${fall(balance)}. ${remains(balance)}`,
    next: 'No single part explains it: collect again in a minute, and start with the largest part.',
  };
}

/** `anonymous memory fell by 125M to 57.0M`. */
function fall({ back, lowest }: Balance): string {
  return back === 0
    ? `anonymous memory stayed at ${formatSize(lowest)}`
    : `anonymous memory fell by ${formatSize(back)} to ${formatSize(lowest)}`;
}

/** `Of what remains reachable objects hold 11.0M, 3.00M is empty heap, 43.0M is outside the heap.` */
function remains({ heldAfter, spare, outside }: Balance): string {
  return (
    `Of what remains, reachable objects hold ${formatSize(heldAfter)}, ${formatSize(spare)} is empty heap, and ` +
    `${formatSize(outside)} is outside the heap.`
  );
}

function regrowth({ rssLowest, rssAfter }: Balance): string {
  const grown = rssAfter - rssLowest;
  if (grown < REGROWN || grown < rssLowest * REGROWN_PART) return '';
  return ` RSS was at ${formatSize(rssLowest)} and is at ${formatSize(rssAfter)} again: the program is busy.`;
}

/** Worker threads that did not answer are counted with what is outside of the heap. */
function missing({ threadsMissing: count }: Balance): string {
  if (count === 0) return '';
  return ` What ${count === 1 ? 'a worker thread holds' : `${count} worker threads hold`} is not known: busy, or without an agent.`;
}

function sentence(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}

/** A fraction as a percentage: `93%`. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((part / whole) * 100)}%` : '0%';
}
