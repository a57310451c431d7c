// What a collection proved, from the agent's answer and the memory that the kernel reports around it.
import { type Collection, concludeCollection } from '../../model/collection/collection.ts';
import type { CurvePoint } from '../../model/collection/lowest.ts';
import type { MemoryReading } from '../../model/collection/verdict.ts';
import type { Runtime } from '../../model/snapshot/heap.ts';
import type { CollectResult, Stats } from '../protocol/protocol.ts';
import type { Memory } from './memory.ts';

/** What is known besides the answer. Sizes are bytes. */
export interface AroundCollection {
  readonly pid: number;
  readonly runtime: Runtime;
  /** The heap that belongs to the memory before. */
  readonly heapBefore: Stats;
  readonly memoryBefore: Memory | undefined;
  readonly memoryAfter: Memory | undefined;
  /** By how much RSS fell before the heap could be read. */
  readonly freedBefore?: number;
  readonly curve: readonly CurvePoint[];
}

/** Undefined when a number is impossible. */
export function conclusionOf(result: CollectResult, around: AroundCollection): Collection | undefined {
  const { before, after, level, rounds, steps, unreachable } = result;
  const { pid, runtime, memoryBefore, memoryAfter, freedBefore, curve } = around;
  return concludeCollection({
    ...{ pid, runtime, level, rounds, steps },
    before: readingOf(around.heapBefore, memoryBefore),
    after: readingOf(after, memoryAfter),
    rssBefore: before.rss,
    ...(after.heapTotal !== undefined && { spare: Math.max(0, after.heapTotal - (after.heapUsed ?? 0)) }),
    ...(before.heapLimit !== undefined && { heapLimit: before.heapLimit }),
    ...(memoryBefore?.peak !== undefined && { peak: memoryBefore.peak }),
    ...(before.workers !== undefined && { threads: before.workers }),
    ...(freedBefore !== undefined && { freedBefore }),
    ...(unreachable !== undefined && { unreachable }),
    ...(before.traced !== undefined && { traced: before.traced }),
    ...(before.tracedOverhead !== undefined && { tracedOverhead: before.tracedOverhead }),
    ...(before.blocks !== undefined && { blocksBefore: before.blocks }),
    ...(after.blocks !== undefined && { blocksAfter: after.blocks }),
    ...(after.mallocUsed !== undefined && { mallocAfter: after.mallocUsed }),
    curve,
  });
}

/** The kernel's RSS takes precedence over the agent's where both are known. */
function readingOf(stats: Stats, memory: Memory | undefined): MemoryReading {
  const { heapUsed, external } = stats;
  return {
    rss: memory?.rss ?? stats.rss,
    ...(memory?.anonymous !== undefined && { anonymous: memory.anonymous }),
    ...(heapUsed !== undefined && { heapUsed }),
    ...(external !== undefined && { external }),
  };
}
