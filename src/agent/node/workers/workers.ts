// Worker threads: whether this is one, and how many the main thread has running.

/** Entries that may be stale before they are looked through. */
const SPARE = 16;

/**
 * True outside worker threads, which inherit --require from the main thread. A worker is always a thread of its
 * own, so where the kernel shows that this thread is the process's first (proc(5), /proc/thread-self) the millisecond
 * that loading worker_threads takes can be saved.
 */
export function isMainThread(): boolean {
  if (isFirstThread()) return true;
  return (require('node:worker_threads') as typeof import('node:worker_threads')).isMainThread;
}

function isFirstThread(): boolean {
  const { readlinkSync } = require('node:fs') as typeof import('node:fs');
  try {
    const [pid, , tid] = readlinkSync('/proc/thread-self').split('/');
    return pid !== undefined && pid === tid;
  } catch {
    return false;
  }
}

/** Counts the main thread's own workers without touching them: no listener on a worker, no strong reference. */
export class WorkerCount {
  #known: WeakRef<import('node:worker_threads').Worker>[] = [];
  #live = 0;

  constructor() {
    process.on('worker', (worker) => {
      this.#known.push(new WeakRef(worker));
      if (this.#known.length > 2 * this.#live + SPARE) this.running();
    });
  }

  /** How many run now. A worker that has ended has the thread id -1. */
  running(): number {
    this.#known = this.#known.filter((reference) => (reference.deref()?.threadId ?? -1) !== -1);
    this.#live = this.#known.length;
    return this.#live;
  }
}

/** The result of collecting in worker threads. */
export interface WorkersCollected {
  /** How many collected. */
  readonly workers: number;
  /** What they held before and after, in bytes; absent where one of them did not say. */
  readonly heldBefore?: number;
  readonly heldAfter?: number;
  /** What went wrong: a sentence. */
  readonly note?: string;
}
