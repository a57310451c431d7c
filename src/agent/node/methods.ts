// The table of methods that a client may call: all that an agent can be made to do.
import type { CollectParams, HeapSnapshotParams, HelloParams, MethodName, WatchParams } from '../protocol/protocol.ts';
import type { Method } from './answer.ts';
import type { Program } from './program.ts';
import type { Departure } from './runtime/departure.ts';
import type { Subscription } from './subscription.ts';

/** Parameters are checked where they are read. */
export function methodsFor(
  program: Program,
  subscription: Subscription,
  departure: Departure,
): ReadonlyMap<string, Method> {
  const table: Record<MethodName, Method> = {
    hello: (params) => program.hello(params as HelloParams),
    stats: () => program.stats(),
    spaces: () => program.spaces(),
    collect: (params) => program.collect(params as CollectParams),
    // The writer checks the directory, whatever its type here.
    heapSnapshot: (params) => program.heapSnapshot(params as unknown as HeapSnapshotParams),
    sampleHeap: (params) => program.sampleHeap(params as WatchParams, departure),
    growingContainers: (params) => program.growingContainers(params as WatchParams, departure),
    subscribe: (params) => subscription.subscribe(params),
    unsubscribe: (params) => subscription.unsubscribe(params),
  };
  return new Map(Object.entries(table));
}
