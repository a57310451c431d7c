// The verdicts on a process's memory, and the measurements they are based on.
import type { Runtime } from '../snapshot/heap.ts';

/**
 * Why memory was or was not returned to the system: most of it is the runtime itself (small), nothing referred to it
 * (garbage), it was freed inside the program but not returned to the system (unreturned), reachable objects hold it
 * (retained), or the collector never managed it (native). Mixed when none of these alone explains it.
 */
export type Verdict = 'small' | 'garbage' | 'unreturned' | 'retained' | 'native' | 'mixed';

/** One reading, in bytes. The heap is absent where the runtime does not report it. */
export interface MemoryReading {
  readonly rss: number;
  /** RssAnon and VmSwap of proc_pid_status(5): heaps, stacks, buffers. Absent where the kernel does not report them. */
  readonly anonymous?: number;
  /** The heap of the main thread. */
  readonly heapUsed?: number;
  /** Held by objects of that heap outside of it, such as Buffers. */
  readonly external?: number;
  /** Heaps of worker threads, with what they hold outside; absent where none was queried. */
  readonly workers?: number;
}

/** The lowest reading while a process collected and in the two seconds after it: a busy program immediately grows again. */
export interface Lowest {
  readonly rss: number;
  /** The lowest anonymous memory. Not always read at the same moment as the lowest RSS. */
  readonly anonymous?: number;
  /** When the lowest RSS was read, in milliseconds after the collection was requested. */
  readonly ms: number;
}

/** What is reported and read around one collection. */
export interface CollectionFacts {
  readonly runtime: Runtime;
  readonly before: MemoryReading;
  /** The heap right after it; RSS once the system has had two seconds to take pages back. */
  readonly after: MemoryReading;
  /** The empty part of the heap afterwards, in bytes: committed and not used. */
  readonly spare?: number;
  /** The heap limit of the main thread, in bytes. */
  readonly heapLimit?: number;
  /** The highest RSS that the process has ever had, in bytes (VmHWM). */
  readonly peak?: number;
  /** By how much RSS fell before the heap could be read: attaching may have made the program collect. */
  readonly freedBefore?: number;
  /** Python: how many objects the collector found unreachable. */
  readonly unreachable?: number;
  /** Python: bytes that tracemalloc knew of before, when the program runs it. */
  readonly traced?: number;
  /** Python: bytes of tracemalloc's own tables. */
  readonly tracedOverhead?: number;
  /** Python: blocks of small objects in use before and after. */
  readonly blocksBefore?: number;
  readonly blocksAfter?: number;
  /** Python: bytes that malloc had handed out afterwards, where glibc reports them. */
  readonly mallocAfter?: number;
}

/** The facts of one collection with what follows from its steps and its curve. */
export interface CollectionEffect extends CollectionFacts {
  readonly lowest: Lowest;
  /** The lowest memory that objects held after any step of the collection. */
  readonly leastHeld?: number;
  /** How many worker threads collected. */
  readonly threads?: number;
  /** How many worker threads did not collect: busy ones, and those without an agent. Their memory is unknown. */
  readonly threadsMissing?: number;
  /** By how much RSS fell while worker threads that do not report their memory collected. */
  readonly workersFreed?: number;
  /** By how much RSS fell while the allocator released its free pages (malloc_trim(3)). */
  readonly trimmed?: number;
}

export interface Diagnosis {
  readonly verdict: Verdict;
  /** A few sentences with the numbers that decided. */
  readonly explanation: string;
  /** What to do about it, a sentence. */
  readonly next: string;
}
