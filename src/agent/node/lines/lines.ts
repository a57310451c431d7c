// Names the holders of a leak: a separate bundle, which is text in the agent's file until a client requests it.
// Watches one thread, or the whole program: the main thread and its workers at the same time.
import type { GrowingContainersResult, SampleHeapResult } from '../../protocol/leak-lines.ts';
import type { Departure } from '../runtime/departure.ts';
import { countWorkerThreads } from '../workers/count-threads.ts';
import { type WatchedWorkers, type WatchMethod, WorkersWatch } from '../workers/watch-channel.ts';
import type { WorkerCount } from '../workers/workers.ts';
import { allContainers, allLines } from './all-threads.ts';
import { growingContainers } from './growing-containers.ts';
import { sampleHeap } from './sample-heap.ts';

/** The result of each method. */
export interface Watched {
  readonly growingContainers: GrowingContainersResult;
  readonly sampleHeap: SampleHeapResult;
}

type Work<Method extends WatchMethod> = {
  watch(seconds: number, departure: Departure): Promise<Watched[Method]>;
  together(own: Watched[Method], workers: WatchedWorkers): Watched[Method];
};

const WORK: { readonly [Method in WatchMethod]: Work<Method> } = {
  growingContainers: { watch: growingContainers, together: allContainers },
  sampleHeap: { watch: sampleHeap, together: allLines },
};

/** Watches the thread that this runs in. Rejects with a ProtocolError where that cannot be done. */
export function watchThread<Method extends WatchMethod>(
  method: Method,
  seconds: number,
  departure: Departure,
): Promise<Watched[Method]> {
  return WORK[method].watch(seconds, departure);
}

/**
 * In the main thread: watches it and all worker threads that have an agent.
 *
 * @param workers counts them; absent where the agent came later than they did: then none of them has one
 */
export async function watchProgram<Method extends WatchMethod>(
  method: Method,
  seconds: number,
  departure: Departure,
  workers: WorkerCount | undefined,
): Promise<Watched[Method]> {
  const { together } = WORK[method];
  if (workers === undefined) {
    const missing = countWorkerThreads();
    return together(await watchThread(method, seconds, departure), { answers: new Map(), missing });
  }
  if (workers.running() === 0) return watchThread(method, seconds, departure);
  const watch = new WorkersWatch(workers, method, seconds, departure);
  try {
    await watch.begun();
    return together(await watchThread(method, seconds, departure), await watch.ended());
  } finally {
    watch.close();
  }
}
