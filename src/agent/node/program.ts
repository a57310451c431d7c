// The program the agent lives in: everything that may be asked of it, and the little state that needs.
import type {
  CollectParams,
  CollectResult,
  HeapSnapshotParams,
  HeapSnapshotResult,
  HeapSpace,
  HelloParams,
  HelloResult,
  Stats,
} from '../protocol.ts';
import { collectGarbage } from './collect.ts';
import { GcWatch } from './gc-watch.ts';
import { writeHeapSnapshot } from './heap-snapshot.ts';
import { hello } from './hello.ts';
import { readCollectParams } from './params.ts';
import { readHeapSpaces, readStats } from './stats.ts';
import { isMainThread, WorkerCount } from './workers.ts';

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
}
