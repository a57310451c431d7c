// One collection in full: what was done, what it freed, what was returned to the system, and what that proves.

import type { Runtime } from '../snapshot/heap.ts';
import { heldIn } from './balance.ts';
import { diagnose, isSize } from './diagnosis.ts';
import { type CurvePoint, leastHeldOf, lowestOf } from './lowest.ts';
import { bytesInUse } from './python-balance.ts';
import type { CollectionEffect, CollectionFacts, Lowest, MemoryReading, Verdict } from './verdict.ts';

/** One thing that the agent did, in order. */
export interface Step {
  /**
   * `minor`, `major` and `last-resort` are collections of the main heap and pause the program; `workers` are the
   * heaps of its worker threads; `trim` gives the allocator's free pages back (malloc_trim(3)).
   */
  readonly name: string;
  readonly ms: number;
  /** RSS right after it, in bytes. */
  readonly rss: number;
  /** Heap and memory outside of it right after, in bytes: a busy program has grown again when all steps are over. */
  readonly held?: number;
  /** How many worker threads collected. */
  readonly workers?: number;
  /** What those that collected held before and after: heaps, and memory outside of them, in bytes. */
  readonly heldBefore?: number;
  readonly heldAfter?: number;
  /** What was done differently from the request, or not at all: a sentence. */
  readonly note?: string;
}

/** The data of an agent's answer and of memtop's own readings. */
export interface MeasuredCollection extends CollectionFacts {
  readonly pid: number;
  readonly level: string;
  readonly rounds: number;
  readonly steps: readonly Step[];
  /** RSS before the first step as the agent reports it: its steps are compared with this. */
  readonly rssBefore: number;
  /** Worker threads that existed before, collected or not. */
  readonly threads?: number;
  readonly curve: readonly CurvePoint[];
}

export interface Collection {
  readonly pid: number;
  readonly runtime: Runtime;
  readonly level: string;
  readonly verdict: Verdict;
  readonly explanation: string;
  readonly next: string;
  /** Milliseconds for which the program was stopped. */
  readonly pauseMs: number;
  readonly rounds: number;
  readonly before: MemoryReading;
  /** The heap right after it; RSS once the system has had two seconds. */
  readonly after: MemoryReading;
  readonly lowest: Lowest;
  /** The least that objects of the main thread held after any step: a busy program has more again at once. */
  readonly leastHeld?: number;
  /** Python: what is in use afterwards, in bytes, by estimate; absent where Python or the C library does not say. */
  readonly inUse?: number;
  /** By how much heap and external memory fell; RSS where the runtime reports no heap. Negative when they grew. */
  readonly freed: number;
  /** By how much RSS fell in the end. Negative when it grew. */
  readonly returned: number;
  readonly steps: readonly Step[];
  readonly curve: readonly CurvePoint[];
}

/** Worker threads collect in parallel with the program; all else stops it. */
const WORKERS_STEP = 'workers';

/** Draws the conclusion. Undefined when a number is impossible. */
export function concludeCollection(measured: MeasuredCollection): Collection | undefined {
  const { pid, runtime, level, rounds, steps, curve, rssBefore, ...facts } = measured;
  if (!steps.every(areSizes)) return undefined;
  const before = withWorkers(measured.before, steps, 'heldBefore');
  const after = withWorkers(measured.after, steps, 'heldAfter');
  const lowest = lowestOf(measured);
  const leastHeld = leastHeldOf(after, steps);
  const diagnosis = diagnose({
    ...facts,
    ...{ runtime, before, after, lowest, leastHeld },
    ...(before.workers === undefined && { workersFreed: fallDuring(WORKERS_STEP, steps, rssBefore) }),
    ...threadsOf(measured),
    trimmed: fallDuring('trim', steps, rssBefore),
  });
  if (diagnosis === undefined) return undefined;
  const returned = before.rss - after.rss;
  return {
    ...{ pid, runtime, level, ...diagnosis },
    pauseMs: Math.round(steps.reduce((sum, { name, ms }) => (name === WORKERS_STEP ? sum : sum + ms), 0) * 10) / 10,
    ...{ rounds, before, after, lowest },
    ...(after.heapUsed !== undefined && { leastHeld: Math.max(0, leastHeld - (after.workers ?? 0)) }),
    ...inUseOf(measured),
    freed: before.heapUsed === undefined ? returned : heldIn(before) - leastHeld,
    ...{ returned, steps, curve },
  };
}

/** Worker threads, and those among them that did not collect at a level at which they should. */
function threadsOf({
  threads = 0,
  level,
  steps,
}: MeasuredCollection): Pick<CollectionEffect, 'threads' | 'threadsMissing'> {
  const collected = Math.max(0, ...steps.map(({ workers = 0 }) => workers));
  return {
    threads: Math.max(threads, collected),
    threadsMissing: level === 'reclaim' ? Math.max(0, threads - collected) : 0,
  };
}

function inUseOf({ blocksAfter, mallocAfter }: MeasuredCollection): { readonly inUse?: number } {
  const inUse = bytesInUse(blocksAfter, mallocAfter);
  return inUse === undefined ? {} : { inUse };
}

function areSizes({ ms, rss, held = 0, workers = 0, heldBefore = 0, heldAfter = 0 }: Step): boolean {
  return [ms, rss, held, workers, heldBefore, heldAfter].every(isSize);
}

/** A reading with what worker threads held at that time, where known. */
function withWorkers(reading: MemoryReading, steps: readonly Step[], when: 'heldBefore' | 'heldAfter'): MemoryReading {
  const reported = steps.flatMap((step) => step[when] ?? []);
  return reported.length === 0 ? reading : { ...reading, workers: reported.reduce((sum, held) => sum + held, 0) };
}

/** Bytes by which RSS fell in the steps of one name. */
function fallDuring(name: string, steps: readonly Step[], rssBefore: number): number {
  let last = rssBefore;
  let fall = 0;
  for (const step of steps) {
    if (step.name === name) fall += last - step.rss;
    last = step.rss;
  }
  return fall;
}
