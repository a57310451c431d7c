// What each verdict on a Node process says to its owner.
import { formatSize } from './format.ts';
import type { Balance, Verdict } from './verdict.ts';

type Words = { readonly explanation: string; readonly next: string };

/** What a bare Node takes besides its heap, in bytes. */
const BARE = 64 * 2 ** 20;

/** Explanation and next step for a verdict on Node's heap. */
export function nodeWords(verdict: Verdict, balance: Balance): Words {
  switch (verdict) {
    case 'native': {
      const words = nativeWords(balance.held, balance.rss);
      const isBare = balance.rss - balance.held < BARE;
      return isBare ? { ...words, explanation: `${words.explanation} Node itself takes 40 to 60M.` } : words;
    }
    case 'garbage':
      return garbageWords(balance);
    case 'unreturned':
      return unreturnedWords(balance);
    case 'retained':
      return retainedWords(balance);
    case 'mixed':
      return mixedWords(balance);
  }
}

/** What is not the collector's: `held` of `rss` bytes are. */
export function nativeWords(held: number, rss: number): Words {
  const rest = Math.max(0, rss - held);
  return {
    explanation:
      `The collector answers for ${formatSize(held)} of ${formatSize(rss)} RSS; ` +
      `${formatSize(rest)} (${percent(rest, rss)}) is not its memory.`,
    next:
      'Look at native addons, threads and mapped files (/proc/PID/smaps says which mapping is large); ' +
      'it may also be freed memory that the allocator keeps.',
  };
}

function garbageWords({ rss, rssAfter, held, heldAfter }: Balance): Words {
  return {
    explanation:
      `${percent(held - heldAfter, held)} of the heap (${formatSize(held - heldAfter)} of ${formatSize(held)}) was ` +
      `unreachable, and RSS fell by ${formatSize(rss - rssAfter)}. ` +
      'It is not a leak: the collector had no reason to run yet.',
    next: `A rule that collects when memory is short, or a limit such as --max-old-space-size=${limitFor(heldAfter)}.`,
  };
}

function unreturnedWords({ rss, rssAfter, held, heldAfter }: Balance): Words {
  const fall = rss - rssAfter;
  if (fall > held) {
    return {
      explanation:
        `RSS fell by ${formatSize(fall)} to ${formatSize(rssAfter)}, and the heap held no more than ${formatSize(held)} ` +
        'of it: it had been freed before, and the allocator gave it back only when it was told to.',
      next: 'A collect now and then does that, or another malloc, such as jemalloc by LD_PRELOAD.',
    };
  }
  return {
    explanation:
      `The heap fell by ${formatSize(held - heldAfter)} (${percent(held - heldAfter, held)}), but RSS only by ` +
      `${formatSize(rss - rssAfter)}: freed inside the program, not given back to the system.`,
    next:
      'It is the allocator that keeps it: malloc_trim where the runtime can (Node 26), ' +
      'or another malloc, such as jemalloc by LD_PRELOAD. The program will use it again before it takes more.',
  };
}

function retainedWords({ held, heldAfter }: Balance): Words {
  return {
    explanation:
      `Reachable objects hold ${formatSize(heldAfter)}; of ${formatSize(held)} only ` +
      `${formatSize(Math.max(0, held - heldAfter))} could be freed. A leak or a cache.`,
    next: 'The leak test (collect --repeat 5 --every 60s) tells which; two heap snapshots show what grows.',
  };
}

function mixedWords({ rss, rssAfter, held, heldAfter }: Balance): Words {
  const freed = Math.max(0, held - heldAfter);
  const parts = [
    [heldAfter, 'reachable objects hold'],
    [freed, 'was unreachable'],
    [Math.max(0, rss - held), "is not the collector's"],
  ] as const;
  const words = parts.map(([size, what]) => `${formatSize(size)} (${percent(size, rss)}) ${what}`);
  return {
    explanation: `Of ${formatSize(rss)} RSS ${words.join(', ')}; RSS fell by ${formatSize(rss - rssAfter)}.`,
    next: 'No one thing explains it: collect again in a minute, and take the largest part first.',
  };
}

/** A heap limit with room to work in: three times what is live, at least 64, in MB. */
function limitFor(live: number): number {
  return Math.max(64, Math.ceil((live * 3) / 2 ** 20 / 32) * 32);
}

/** A share as people write it: `93 %`. */
export function percent(part: number, whole: number): string {
  return whole > 0 ? `${Math.round((part / whole) * 100)} %` : '0 %';
}
