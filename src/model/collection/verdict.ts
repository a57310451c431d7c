// The verdicts on a process's memory, and what they are drawn from.
import type { Runtime } from '../snapshot/heap.ts';

/**
 * Where the memory is that did or did not come back: most of it is the runtime itself (small), nothing referred to it
 * (garbage), it was freed inside the program and not given back to the system (unreturned), reachable objects hold it
 * (retained), or it never was the collector's (native). Mixed when no one of them explains it.
 */
export type Verdict = 'small' | 'garbage' | 'unreturned' | 'retained' | 'native' | 'mixed';

/** One reading, in bytes. A runtime that cannot tell its heap leaves it out. */
export interface MemoryReading {
  readonly rss: number;
  /** RssAnon and VmSwap of proc_pid_status(5): heaps, stacks, buffers. Absent where the kernel does not say. */
  readonly anonymous?: number;
  /** The heap of the main thread. */
  readonly heapUsed?: number;
  /** Held by objects of that heap outside of it, such as Buffers. */
  readonly external?: number;
  /** Heaps of worker threads, with what they hold outside; absent where none was asked. */
  readonly workers?: number;
}

/** The lowest reading while a process collected and in the two seconds after it: a busy program grows again at once. */
export interface Lowest {
  readonly rss: number;
  /** The lowest anonymous memory. Not always read at the same moment as the lowest RSS. */
  readonly anonymous?: number;
  /** Milliseconds after the collection was asked for, of the lowest RSS. */
  readonly ms: number;
}

/** What was measured around one collection. */
export interface CollectionEffect {
  readonly runtime: Runtime;
  readonly before: MemoryReading;
  /** The heap right after it; RSS once the system has had two seconds to take pages back. */
  readonly after: MemoryReading;
  readonly lowest: Lowest;
  /** The least that objects held after the collection, at any step. */
  readonly leastHeld?: number;
  /** The empty part of the heap afterwards, in bytes: committed and not used. */
  readonly spare?: number;
  /** What the heap of the main thread may grow to, in bytes. */
  readonly heapLimit?: number;
  /** The highest RSS that the process has ever had, in bytes (VmHWM). */
  readonly peak?: number;
  /** By how much RSS fell before the heap could be read: attaching may have made the program collect. */
  readonly freedBefore?: number;
  /** How many worker threads collected. */
  readonly threads?: number;
  /** How many worker threads did not collect: busy ones, and those without an agent. What they hold is not known. */
  readonly threadsMissing?: number;
  /** By how much RSS fell while worker threads collected that did not say what they hold. */
  readonly workersFreed?: number;
  /** By how much RSS fell while the allocator gave its free pages back (malloc_trim(3)). */
  readonly trimmed?: number;
  /** Python: how many objects the collector found unreachable. */
  readonly unreachable?: number;
  /** Python: bytes that tracemalloc knew of before, when the program runs it. */
  readonly traced?: number;
  /** Python: bytes of tracemalloc's own tables. */
  readonly tracedOverhead?: number;
  /** Python: blocks of small objects in use before and after. */
  readonly blocksBefore?: number;
  readonly blocksAfter?: number;
  /** Python: bytes that malloc had given out afterwards, where glibc says. */
  readonly mallocAfter?: number;
}

export interface Diagnosis {
  readonly verdict: Verdict;
  /** A few sentences with the numbers that decided. */
  readonly explanation: string;
  /** What to do about it, a sentence. */
  readonly next: string;
}
