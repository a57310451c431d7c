import { describe, expect, it } from 'vitest';
import type { Who } from '../../src/agent/client/agents.ts';
import { type EnrichOptions, enrich, type HeapSource } from '../../src/agent/enrich.ts';
import type { Heap } from '../../src/model/snapshot/heap.ts';
import type { Process, Snapshot } from '../../src/model/snapshot/snapshot.ts';

const NODE = process(1);
const OTHER = process(2);
const HEAP: Heap = { runtime: 'node', used: 5 };

function process(pid: number): Process {
  return { who: { pid, ppid: 0, startTime: 10 + pid, name: 'node', command: '', kernel: false }, state: 'S', rss: 100 };
}

function snapshot(...processes: Process[]): Snapshot {
  return {
    time: 0,
    monotonic: 0,
    host: { name: 'h', platform: 'linux', kernel: '6' },
    system: {},
    processes,
    gaps: [],
  };
}

async function* stream(...snapshots: Snapshot[]): AsyncGenerator<Snapshot> {
  yield* snapshots;
}

/** Knows the heaps of some pids, and answers a refresh when it is told to. */
class Source implements HeapSource {
  readonly heaps = new Map<number, Heap>([[1, HEAP]]);
  refreshes = 0;
  answer: () => Promise<void> = () => Promise.resolve();

  refresh(): Promise<void> {
    this.refreshes += 1;
    return this.answer();
  }

  heapOf({ pid }: Who): Heap | undefined {
    return this.heaps.get(pid);
  }
}

async function enriched(
  snapshots: Snapshot[],
  source: Source,
  options: Partial<EnrichOptions> = {},
): Promise<Snapshot[]> {
  const all: Snapshot[] = [];
  const settled = { wants: () => ({ heap: true, gc: false }), timeout: 0, ...options };
  for await (const one of enrich(stream(...snapshots), source, settled)) all.push(one);
  return all;
}

describe('enriching', () => {
  it('adds the heap to the processes that have one, and leaves the others the objects they were', async () => {
    const [result] = await enriched([snapshot(NODE, OTHER)], new Source());
    expect(result?.processes[0]).toEqual({ ...NODE, heap: HEAP });
    expect(result?.processes[1]).toBe(OTHER);
  });

  it('gives the same object for a process of which nothing moved', async () => {
    const source = new Source();
    const moved = { ...NODE, rss: 200 };
    const [first, second, third] = await enriched([snapshot(NODE), snapshot(NODE), snapshot(moved)], source);
    expect(second?.processes[0]).toBe(first?.processes[0]);
    expect(third?.processes[0]).toEqual({ ...moved, heap: HEAP });
  });

  it('gives a new object when the heap moved', async () => {
    const source = new Source();
    source.answer = async () => {
      source.heaps.set(1, { ...HEAP, used: source.refreshes });
    };
    const [first, second] = await enriched([snapshot(NODE), snapshot(NODE)], source);
    expect(first?.processes[0]?.heap?.used).toBe(1);
    expect(second?.processes[0]?.heap?.used).toBe(2);
  });

  it('sends nothing to agents and leaves snapshots unchanged when heaps are not wanted', async () => {
    const source = new Source();
    const plain = snapshot(NODE);
    const [result] = await enriched([plain], source, { wants: () => ({ heap: false, gc: false }) });
    expect(result).toBe(plain);
    expect(source.refreshes).toBe(0);
  });

  it('never waits on a live screen, and shows what comes with the next snapshot', async () => {
    const source = new Source();
    source.heaps.clear();
    source.answer = () => new Promise(() => {});
    const results = await enriched([snapshot(NODE), snapshot(NODE)], source);
    expect(results.map(({ processes }) => processes[0])).toEqual([NODE, NODE]);
  });

  it('waits a little for the answers when there is one snapshot only, and no longer than that', async () => {
    const source = new Source();
    source.heaps.clear();
    source.answer = () =>
      new Promise((resolve) => {
        setTimeout(() => {
          source.heaps.set(1, HEAP);
          resolve();
        }, 20);
      });
    const [quick] = await enriched([snapshot(NODE)], source, { timeout: 5000 });
    expect(quick?.processes[0]?.heap).toBe(HEAP);
    source.answer = () => new Promise(() => {});
    const begun = performance.now();
    await enriched([snapshot(NODE)], source, { timeout: 100 });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(99);
  });
});
