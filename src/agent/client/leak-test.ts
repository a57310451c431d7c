// The leak test: collects again and again, and keeps the floor that each collection leaves.
import type { Collection } from '../../model/collection/collection.ts';
import type { Floor } from '../../model/collection/leak.ts';
import type { Agent, AgentOutcome } from './agent.ts';
import { type CollectOptions, collectFrom, pause } from './collect.ts';

export interface LeakTestOptions extends CollectOptions {
  readonly times: number;
  /** Milliseconds from the beginning of one collection to that of the next. */
  readonly every: number;
  /** Called after each. */
  readonly onFloor?: (floor: Floor, floors: readonly Floor[]) => void;
}

export interface LeakRun {
  readonly floors: readonly Floor[];
  /** The full result of the last collection. */
  readonly last: Collection;
}

/** Collections in between are not watched for long: only the curve of the last one is reported. */
const SHORT_SETTLE = 300;

/** Ends early with what is known when the signal aborts; the test also ends when the program exits. */
export async function runLeakTest(agent: Agent, options: LeakTestOptions): Promise<AgentOutcome<LeakRun>> {
  const { times, every, signal, onFloor } = options;
  const floors: Floor[] = [];
  let last: Collection | undefined;
  for (let round = 1; round <= times && signal?.aborted !== true; round += 1) {
    const begun = performance.now();
    const settle = round === times ? options.settle : Math.min(SHORT_SETTLE, every / 4);
    const collected = await collectFrom(agent, settle === undefined ? options : { ...options, settle });
    if ('trouble' in collected) return collected;
    last = collected.value;
    const floor = floorOf(last);
    floors.push(floor);
    onFloor?.(floor, floors);
    if (round < times) await pause(Math.max(0, every - (performance.now() - begun)), signal);
  }
  if (last === undefined)
    return { trouble: { kind: 'dropped', sentence: 'It was stopped before the first collection.' } };
  return { value: { floors, last } };
}

function floorOf({ after: { heapUsed, external, workers, rss }, lowest, leastHeld, inUse }: Collection): Floor {
  const time = Date.now();
  return {
    time,
    ...(inUse !== undefined && { inUse }),
    ...(lowest.anonymous !== undefined && { anonymous: lowest.anonymous }),
    ...(heapUsed !== undefined && { heapUsed }),
    ...(external !== undefined && { external }),
    ...(leastHeld !== undefined && { leastHeld }),
    ...(workers !== undefined && { workers }),
    rss,
  };
}
