// Collecting on the screen: which rows are at it, what it proved, and when, for the marks on their trends.
import type { Collection } from '../../model/collection/collection.ts';
import type { Verdict } from '../../model/collection/verdict.ts';
import type { Holders } from '../../model/lines/holders.ts';
import type { Row } from '../../model/rows/row.ts';
import type { Insight } from '../../model/snapshot/insight.ts';
import type { Process } from '../../model/snapshot/snapshot.ts';

/** A process, identified by PID and start time. */
export interface Target {
  readonly pid: number;
  readonly startTime: number;
  /** Cleaned, for headings and sentences. */
  readonly name: string;
}

/** What came of it: a collection, an agent that was put in, or sentences why not. */
export type CollectOutcome =
  | { readonly collection: Collection; readonly insight: Insight | undefined }
  | { readonly attached: true }
  | { readonly holders: Holders }
  /** `isAlarm`: something dangerous is left for the person to do. */
  | { readonly trouble: string; readonly isAlarm?: true };

/** A collect, an attach or a watch that is under way. */
export interface Running {
  readonly target: Target;
  readonly what: 'collect' | 'attach' | 'lines';
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

/** One process of a batch whose turn is over, or never comes. */
interface Tried {
  readonly target: Target;
  readonly outcome: CollectOutcome;
}

/** A collect in many processes, one after the other. */
export interface Batch {
  readonly done: readonly Tried[];
  /** The first of them is the one under way. */
  readonly waiting: readonly Target[];
  /** No other is begun once the one under way is over. */
  readonly isStopping: boolean;
  /** Those whose turn did not come because of that, */
  readonly left: readonly Target[];
  /** and those that cannot be asked at all. */
  readonly unable: readonly Tried[];
}

/** More marks than a trend has cells are never seen. */
const MOST_MARKS = 64;

export interface Collects {
  readonly running: readonly Running[];
  readonly marks: readonly Mark[];
  /** The last one begun: under way, or over. */
  readonly batch: Batch | undefined;
}

export const NO_COLLECTS: Collects = { running: [], marks: [], batch: undefined };

/** One more is under way. */
export function begun(collects: Collects, running: Running): Collects {
  return { ...collects, running: [...collects.running, running] };
}

/** One is over; `at` is the moment of it, for its mark. */
export function ended(collects: Collects, target: Target, outcome: CollectOutcome, at: number): Collects {
  const marks =
    'collection' in outcome
      ? [{ target, at, verdict: outcome.collection.verdict, returned: outcome.collection.returned }]
      : [];
  return {
    ...collects,
    running: collects.running.filter((running) => !isSame(running.target, target)),
    marks: [...collects.marks, ...marks].slice(-MOST_MARKS),
  };
}

/** A batch of which nothing is done yet. */
export function begunBatch(waiting: readonly Target[], unable: Batch['unable']): Batch {
  return { done: [], waiting, isStopping: false, left: [], unable };
}

/** The process of a row, as a target for actions. */
export function targetOf({ process: { who }, label }: Row): Target {
  return { pid: who.pid, startTime: who.startTime, name: label.name };
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

/** Whether both are one process: by PID and start time. */
export function isSame(one: Target, other: Target): boolean {
  return one.pid === other.pid && one.startTime === other.startTime;
}
