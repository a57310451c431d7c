// Counts collections by kind, only while a client is subscribed: an observer costs up to 18% of a program that
// collects 2,000 times a second.
import type { GcTallies, GcTally } from '../../protocol/protocol.ts';
import { milliseconds, rounded } from './time.ts';

type MutableTallies = Record<string, { count: number; ms: number; maxMs: number }>;

/** One subscriber: what was collected since its last call. */
export interface GcListener {
  /** Collections since the last call, by kind; undefined when there was none. */
  take(): GcTallies | undefined;
  stop(): void;
}

export class GcWatch {
  readonly #total: MutableTallies = {};
  readonly #listeners = new Set<{ tallies: MutableTallies }>();
  #observer: import('node:perf_hooks').PerformanceObserver | undefined;
  #kinds = new Map<number, string>();
  #observedBefore = 0;
  #observingSince: number | undefined;

  /** Starts counting for one more subscriber. */
  listen(): GcListener {
    const listener: { tallies: MutableTallies } = { tallies: {} };
    this.#listeners.add(listener);
    this.#observer ??= this.#observe();
    return {
      take: () => {
        const taken = listener.tallies;
        listener.tallies = {};
        return Object.keys(taken).length === 0 ? undefined : settled(taken);
      },
      stop: () => {
        this.#listeners.delete(listener);
        if (this.#listeners.size === 0) this.#stop();
      },
    };
  }

  /** All that was counted, and for how long; empty before the first subscription. */
  totals(): { readonly gc?: GcTallies; readonly gcObserved?: number } {
    const running = this.#observingSince === undefined ? 0 : milliseconds() - this.#observingSince;
    if (this.#observedBefore + running === 0) return {};
    return { gc: settled(this.#total), gcObserved: rounded(this.#observedBefore + running) };
  }

  /** Counts what was reported and not delivered yet: for when the program exits. */
  catchUp(): void {
    this.#countAll(this.#observer?.takeRecords?.() ?? []);
  }

  #observe(): import('node:perf_hooks').PerformanceObserver {
    const { PerformanceObserver, constants } = require('node:perf_hooks') as typeof import('node:perf_hooks');
    this.#kinds = kindNames(constants);
    const observer = new PerformanceObserver((list) => this.#countAll(list.getEntries()));
    observer.observe({ entryTypes: ['gc'] });
    this.#observingSince = milliseconds();
    return observer;
  }

  #countAll(entries: readonly import('node:perf_hooks').PerformanceEntry[]): void {
    for (const entry of entries) {
      // The types of PerformanceEntry leave open what the detail of a collection is.
      const { kind } = (entry as unknown as { detail: { kind: number } }).detail;
      this.#count(this.#kinds.get(kind) ?? 'other', entry.duration);
    }
  }

  #count(kind: string, duration: number): void {
    add(this.#total, kind, duration);
    for (const { tallies } of this.#listeners) add(tallies, kind, duration);
  }

  #stop(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    if (this.#observingSince !== undefined) this.#observedBefore += milliseconds() - this.#observingSince;
    this.#observingSince = undefined;
  }
}

/** Their numbers differ between versions: 16 counts from 1 in steps, later ones have a second minor kind at 2. */
function kindNames(constants: typeof import('node:perf_hooks').constants): Map<number, string> {
  return new Map([
    [2, 'minor'],
    [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
    [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
    [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
    [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weak'],
  ]);
}

function add(tallies: MutableTallies, kind: string, duration: number): void {
  tallies[kind] ??= { count: 0, ms: 0, maxMs: 0 };
  const tally = tallies[kind];
  tally.count += 1;
  tally.ms += duration;
  tally.maxMs = Math.max(tally.maxMs, duration);
}

function settled(tallies: MutableTallies): GcTallies {
  const copies = Object.entries(tallies).map(([kind, { count, ms, maxMs }]): [string, GcTally] => {
    return [kind, { count, ms: rounded(ms), maxMs: rounded(maxMs) }];
  });
  return Object.fromEntries(copies);
}
