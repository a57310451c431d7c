// Collecting on the screen: which rows are at it, what it proved, and when, for the marks on their trends.
import type { Collection } from '../model/collection.ts';
import type { Insight } from '../model/insight.ts';
import type { Process } from '../model/snapshot.ts';
import type { Verdict } from '../model/verdict.ts';

/** A process by what cannot be reused. */
export interface Target {
  readonly pid: number;
  readonly startTime: number;
  /** Cleaned, for headings and sentences. */
  readonly name: string;
}

/** What came of it: a collection, or one sentence why not. */
export type Outcome =
  | { readonly collection: Collection; readonly insight: Insight | undefined }
  | { readonly trouble: string };

/** A collect or an attach that is under way. */
export interface Running {
  readonly target: Target;
  readonly what: 'collect' | 'attach';
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** A moment at which something collected: monotonic milliseconds, as in snapshots. */
export interface Mark {
  readonly target: Target;
  readonly at: number;
  readonly verdict: Verdict;
  /** Bytes by which RSS fell for it. */
  readonly returned: number;
}

/** More marks than a trend has cells are never seen. */
const MOST_MARKS = 64;

export interface Collects {
  readonly running: readonly Running[];
  readonly marks: readonly Mark[];
}

export const NO_COLLECTS: Collects = { running: [], marks: [] };

/** One more is under way. */
export function begun(collects: Collects, running: Running): Collects {
  return { ...collects, running: [...collects.running, running] };
}

/** One is over; `at` is the moment of it, for its mark. */
export function ended(collects: Collects, target: Target, outcome: Outcome, at: number): Collects {
  const marks =
    'collection' in outcome
      ? [{ target, at, verdict: outcome.collection.verdict, returned: outcome.collection.returned }]
      : [];
  return {
    running: collects.running.filter((running) => !isSame(running.target, target)),
    marks: [...collects.marks, ...marks].slice(-MOST_MARKS),
  };
}

/** What is under way for a process. */
export function runningOf(collects: Collects, { who }: Process): Running | undefined {
  return collects.running.find(({ target }) => target.pid === who.pid && target.startTime === who.startTime);
}

/** The moments at which a process collected. */
export function marksOf(collects: Collects, process: Process): number[] {
  return collectsOf(collects, process).map(({ at }) => at);
}

/** The collects in a process that proved something, the newest last. */
export function collectsOf(collects: Collects, { who }: Process): Mark[] {
  return collects.marks.filter(({ target }) => target.pid === who.pid && target.startTime === who.startTime);
}

function isSame(one: Target, other: Target): boolean {
  return one.pid === other.pid && one.startTime === other.startTime;
}
