// The verdicts on a process's memory, and what they are drawn from.
import type { Runtime } from './heap.ts';

/**
 * Where the memory is that did or did not come back: reachable objects hold it (retained), nothing did (garbage),
 * it was freed inside the program and not given back to the system (unreturned), or it never was the collector's
 * (native). Mixed when no one of them explains it.
 */
export type Verdict = 'native' | 'garbage' | 'unreturned' | 'retained' | 'mixed';

/** One reading, in bytes. A runtime that cannot tell its heap leaves it out. */
export interface Reading {
  readonly rss: number;
  readonly heapUsed?: number;
  readonly external?: number;
}

/** What was measured around one collection. */
export interface Effect {
  readonly runtime: Runtime;
  readonly before: Reading;
  /** The heap right after it; RSS once the system has had two seconds to take pages back. */
  readonly after: Reading;
  /** By how much RSS fell while worker threads collected, whose heaps are in no reading. */
  readonly workersFreed?: number;
  /** By how much RSS fell while the allocator gave its free pages back (malloc_trim(3)). */
  readonly trimmed?: number;
  /** Python: how many objects the collector found unreachable. */
  readonly unreachable?: number;
  /** Python: bytes that tracemalloc knew of before, when the program runs it. */
  readonly traced?: number;
}

export interface Diagnosis {
  readonly verdict: Verdict;
  /** One or two sentences with the numbers that decided. */
  readonly explanation: string;
  /** What to do about it, a sentence. */
  readonly next: string;
}

/** The collector's memory before and after: what verdicts are judged by. */
export interface Balance {
  readonly rss: number;
  readonly rssAfter: number;
  readonly held: number;
  readonly heldAfter: number;
}
