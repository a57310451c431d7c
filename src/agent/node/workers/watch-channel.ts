// How the agent in the main thread has those in worker threads watch what holds their memory, and gets their answers.
import type { Departure } from '../runtime/departure.ts';
import { milliseconds, startTimer, turn } from '../runtime/time.ts';
import type { WorkerCount } from './workers.ts';

export const CHANNEL = 'memtop';

export type WatchMethod = 'growingContainers' | 'sampleHeap';

/** The program's own code could send on this channel too: messages are checked like everything from a program. */
export interface WatchMessage {
  readonly memtop?: 'watch' | 'leave' | 'watching' | 'watched' | 'unwatched';
  readonly watch?: string;
  readonly thread?: number;
  /** With `watch`. */
  readonly method?: WatchMethod;
  readonly seconds?: number;
  /** With `watched`: the answer. */
  readonly result?: unknown;
}

/** The result. */
export interface WatchedWorkers {
  /** Answers by thread id. */
  readonly answers: ReadonlyMap<number, unknown>;
  /** How many worker threads were not looked into; undefined where they could not be counted. */
  readonly missing: number | undefined;
}

/** Milliseconds for the first worker to say that it begins, */
const GREETING = 1_000;
/** milliseconds after the main thread for all to begin where none has, and where some have: listing objects takes long, */
const LATE = { none: 3_000, some: 10_000 } as const;
/** and for all to end. */
const WATCH_TIMEOUT = 60_000;
const STEP = 20;

/** Begins to watch all worker threads that have an agent; `ended` waits for their answers. */
export class WorkersWatch {
  readonly #answers = new Map<number, unknown>();
  readonly #begun = new Set<number>();
  readonly #failed = new Set<number>();
  readonly #workers: WorkerCount;
  readonly #channel: import('node:worker_threads').BroadcastChannel;
  readonly #watch = `${process.pid}-${Date.now()}-${Math.random()}`;
  #isOver = false;

  constructor(workers: WorkerCount, method: WatchMethod, seconds: number, departure: Departure) {
    const { BroadcastChannel } = require('node:worker_threads') as typeof import('node:worker_threads');
    this.#workers = workers;
    this.#channel = new BroadcastChannel(CHANNEL);
    this.#channel.unref();
    this.#channel.onmessage = (event): void => {
      const { memtop, thread, result, ...message } = (event as { data: WatchMessage | null }).data ?? {};
      if (message.watch !== this.#watch || typeof thread !== 'number') return;
      if (memtop === 'watching') this.#begun.add(thread);
      else if (memtop === 'watched') this.#answers.set(thread, result);
      else if (memtop === 'unwatched') this.#failed.add(thread);
    };
    this.#channel.postMessage({ memtop: 'watch', watch: this.#watch, method, seconds });
    void departure.happened.then(() => this.#leave());
  }

  /** Waits for the first of them: what Node loads for a first message in this thread is not to be seen as growth. */
  async begun(): Promise<void> {
    const since = milliseconds();
    while (this.#begun.size === 0 && milliseconds() - since < GREETING) await pause();
  }

  /** Waits for the answers of all workers. */
  async ended(): Promise<WatchedWorkers> {
    const since = milliseconds();
    await turn();
    while (this.#isWaiting(milliseconds() - since)) await pause();
    this.close();
    return { answers: this.#answers, missing: Math.max(0, this.#workers.running() - this.#answers.size) };
  }

  /** Ends it also in workers that have not answered. */
  close(): void {
    this.#leave();
    this.#isOver = true;
    this.#channel.close();
  }

  #leave(): void {
    if (!this.#isOver) this.#channel.postMessage({ memtop: 'leave', watch: this.#watch });
  }

  /** One that has ended meanwhile will not answer. */
  #isWaiting(waited: number): boolean {
    const running = this.#workers.running();
    const late = this.#begun.size === 0 ? LATE.none : LATE.some;
    const expected = waited < late ? running : Math.min(this.#begun.size, running);
    return waited < WATCH_TIMEOUT && this.#answers.size + this.#failed.size < expected;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    startTimer(resolve, STEP).unref();
  });
}
