// The lowest memory around a collection: a busy program has grown again two seconds later.

import { heldIn } from './balance.ts';
import type { Lowest, MemoryReading } from './verdict.ts';

/** Memory in bytes, `ms` milliseconds after the collection was requested. */
export interface CurvePoint {
  readonly ms: number;
  readonly rss: number;
  /** RssAnon and VmSwap, where the kernel reports them. */
  readonly anonymous?: number;
}

/** What is needed of a collection's measurements. */
interface Readings {
  readonly after: MemoryReading;
  readonly curve: readonly CurvePoint[];
  /** RSS right after each step as the agent reports it, */
  readonly steps: readonly { readonly ms: number; readonly rss: number }[];
  /** and before the first. */
  readonly rssBefore: number;
}

/**
 * The lowest of all readings: memtop's own, and those of the agent right after each step. The agent reads only RSS:
 * anonymous memory is assumed to have fallen by as much.
 */
export function lowestOf({ after, curve, steps, rssBefore }: Readings): Lowest {
  let { rss, anonymous } = after;
  let ms = curve.at(-1)?.ms ?? 0;
  const take = (point: CurvePoint): void => {
    if (point.rss < rss) [rss, ms] = [point.rss, point.ms];
    if (point.anonymous !== undefined) anonymous = Math.min(anonymous ?? point.anonymous, point.anonymous);
  };
  for (const point of curve) take(point);
  const first = curve[0]?.anonymous;
  let passed = 0;
  for (const step of steps) {
    passed += step.ms;
    take({
      ms: Math.round(passed),
      rss: step.rss,
      ...(first !== undefined && { anonymous: Math.max(0, first - Math.max(0, rssBefore - step.rss)) }),
    });
  }
  return { rss, ...(anonymous !== undefined && { anonymous }), ms };
}

/** The lowest memory that objects of all threads held after any step, in bytes. */
export function leastHeldOf(after: MemoryReading, steps: readonly { readonly held?: number }[]): number {
  const { workers = 0 } = after;
  return Math.min(heldIn(after), ...steps.flatMap(({ held }) => (held === undefined ? [] : held + workers)));
}
