// The program the agent runs in: everything a client may request, and the state it needs.
import type {
  CollectParams,
  CollectResult,
  GrowingContainersResult,
  HeapSnapshotParams,
  HeapSnapshotResult,
  HeapSpace,
  HelloParams,
  HelloResult,
  SampleHeapResult,
  Stats,
  WatchParams,
} from '../protocol/protocol.ts';
import { ProtocolError } from '../protocol/protocol.ts';
import { collectGarbage } from './collecting/collect.ts';
import { writeHeapSnapshot } from './collecting/heap-snapshot.ts';
import { hello } from './hello.ts';
import type { Watched } from './lines/lines.ts';
import { loadLines } from './load-lines.ts';
import type { Departure } from './runtime/departure.ts';
import { GcWatch } from './runtime/gc-watch.ts';
import { readCollectParams, readSeconds } from './runtime/params.ts';
import { readHeapSpaces, readStats } from './runtime/stats.ts';
import type { WatchMethod } from './workers/watch-channel.ts';
import { isMainThread, WorkerCount } from './workers/workers.ts';

export interface ProgramOptions {
  /** Loaded before the program's own first line, so that none of its worker threads was missed. */
  readonly preloaded: boolean;
}

export class Program {
  readonly gcWatch = new GcWatch();
  readonly mainThread = isMainThread();
  readonly #workers: WorkerCount | undefined;
  #collecting: Promise<CollectResult> | undefined;
  /** When the last collect ended, in seconds since the program began. */
  #collectedAt: number | undefined;
  /** The watches that are running: each at most once. */
  readonly #watching = new Set<string>();
  #lines: ReturnType<typeof loadLines> | undefined;

  constructor(options: ProgramOptions) {
    this.#workers = options.preloaded && this.mainThread ? new WorkerCount() : undefined;
  }

  hello(params: HelloParams): HelloResult {
    return hello(params);
  }

  stats(): Stats {
    return readStats(this.gcWatch, this.#workers?.running(), this.#collectedAt);
  }

  spaces(): HeapSpace[] {
    return readHeapSpaces();
  }

  /** Rejects with a ProtocolError; joins the collect that runs, if one does. */
  async collect(params: CollectParams): Promise<CollectResult> {
    const wanted = readCollectParams(params);
    this.#collecting ??= collectGarbage(wanted, {
      readStats: () => this.stats(),
      workers: this.#workers,
    }).finally(() => {
      this.#collecting = undefined;
      this.#collectedAt = process.uptime();
    });
    return this.#collecting;
  }

  heapSnapshot(params: HeapSnapshotParams): Promise<HeapSnapshotResult> {
    return writeHeapSnapshot(params);
  }

  /** Rejects with a ProtocolError, also while one runs already. Ends early when the client is gone. */
  sampleHeap({ seconds }: WatchParams, departure: Departure): Promise<SampleHeapResult> {
    return this.watch('sampleHeap', seconds, departure);
  }

  /** The same for the containers that grow. */
  growingContainers({ seconds }: WatchParams, departure: Departure): Promise<GrowingContainersResult> {
    return this.watch('growingContainers', seconds, departure);
  }

  /** Either of them: in the main thread of the whole program, in a worker of that thread. */
  async watch<Method extends WatchMethod>(
    method: Method,
    seconds: unknown,
    departure: Departure,
  ): Promise<Watched[Method]> {
    const wanted = readSeconds(seconds);
    const lines = this.#loadLines();
    return this.#once(method, () =>
      this.mainThread
        ? lines.watchProgram(method, wanted, departure, this.#workers)
        : lines.watchThread(method, wanted, departure),
    );
  }

  #loadLines(): ReturnType<typeof loadLines> {
    this.#lines ??= loadLines();
    return this.#lines;
  }

  async #once<Result>(name: string, run: () => Promise<Result>): Promise<Result> {
    if (this.#watching.has(name)) {
      throw new ProtocolError('refused', 'One is already running in this program. Try again when it has finished.');
    }
    this.#watching.add(name);
    try {
      return await run();
    } finally {
      this.#watching.delete(name);
    }
  }
}
