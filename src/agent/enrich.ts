// Adds heap figures to snapshots, for screen, JSON and recordings.

import type { Heap } from '../model/snapshot/heap.ts';
import type { Process, Snapshot } from '../model/snapshot/snapshot.ts';
import { existing } from '../numbers/existing.ts';
import type { Who } from './client/agents.ts';
import { within } from './client/connection.ts';

/** A source of heap figures: the client of the agents, or a test. */
export interface HeapSource {
  /** Requests new figures; settles when all have answered. */
  refresh(processes: readonly Who[], wants: { readonly gc: boolean }): Promise<void>;
  /** The newest known heap; the same object while nothing in it changes. */
  heapOf(who: Who): Heap | undefined;
}

export interface EnrichOptions {
  /** What the next snapshot should contain, checked every time. If nothing, agents get no requests. */
  readonly wants: () => { readonly heap: boolean; readonly gc: boolean };
  /**
   * Milliseconds that each snapshot may wait for answers: 300 where one snapshot is all there is, 0 on a live
   * screen, where the newest known numbers do and the next tick has the answers.
   */
  readonly timeout: number;
}

interface Given {
  readonly plain: Process;
  readonly heap: Heap;
  readonly enriched: Process;
}

/** Maximum milliseconds that a single snapshot waits for agents. */
export const ONCE_TIMEOUT = 300;

/**
 * Adds `heap` to the processes whose agents reported one. A process of which neither readings nor heap changed is the
 * same object (===) as before; one without an agent is the very object that came in.
 */
export async function* enrich(
  snapshots: AsyncIterable<Snapshot>,
  source: HeapSource,
  options: EnrichOptions,
): AsyncGenerator<Snapshot, void, void> {
  let given = new Map<number, Given>();
  for await (const snapshot of snapshots) {
    const wants = options.wants();
    if (!wants.heap && !wants.gc) {
      yield snapshot;
      continue;
    }
    const refreshed = source.refresh(
      snapshot.processes.map(({ who }) => who),
      wants,
    );
    if (options.timeout > 0) await within(refreshed, options.timeout);
    // Copied only where there is an agent: most snapshots of thousands of processes have none.
    let processes: Process[] | undefined;
    const next = new Map<number, Given>();
    for (let place = 0; place < snapshot.processes.length; place += 1) {
      const plain = existing(snapshot.processes[place]);
      const heap = source.heapOf(plain.who);
      if (heap === undefined) continue;
      const entry = withHeap(given.get(plain.who.pid), plain, heap);
      next.set(plain.who.pid, entry);
      processes ??= snapshot.processes.slice();
      processes[place] = entry.enriched;
    }
    given = next;
    yield processes === undefined ? snapshot : { ...snapshot, processes };
  }
}

function withHeap(before: Given | undefined, plain: Process, heap: Heap): Given {
  if (before !== undefined && before.plain === plain && before.heap === heap) return before;
  return { plain, heap, enriched: { ...plain, heap } };
}
