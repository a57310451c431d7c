// Collects on the screen: which are running, their results, and their times for the marks on the trends.
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

/** The outcome: a collection, an attached agent, or sentences about the failure. */
export type CollectOutcome =
  | { readonly collection: Collection; readonly insight: Insight | undefined }
  | { readonly attached: true }
  | { readonly holders: Holders }
  /** `isAlarm`: the user has to deal with something dangerous. */
  | { readonly trouble: string; readonly isAlarm?: true };

/** A collect, an attach or a watch that is under way. */
export interface Running {
  readonly target: Target;
  readonly what: 'collect' | 'attach' | 'lines';
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** The moment of a collection: monotonic milliseconds, as in snapshots. */
export interface Mark {
  readonly target: Target;
  readonly at: number;
  readonly verdict: Verdict;
  /** Bytes by which RSS fell for it. */
  readonly returned: number;
}

/** A process of a batch that is done, or that is skipped. */
interface Tried {
  readonly target: Target;
  readonly outcome: CollectOutcome;
}

/** A collect in many processes, one after the other. */
export interface Batch {
  readonly done: readonly Tried[];
  /** The first of them is the one under way. */
  readonly waiting: readonly Target[];
  /** Stopped: no other collect starts after the current one. */
  readonly isStopping: boolean;
  /** Those that were skipped because of that, */
  readonly left: readonly Target[];
  /** and those that cannot collect at all. */
  readonly unable: readonly Tried[];
}

/** More marks than a trend has cells are never seen. */
const MOST_MARKS = 64;

export interface Collects {
  readonly running: readonly Running[];
  readonly marks: readonly Mark[];
  /** The last one started: running, or done. */
  readonly batch: Batch | undefined;
}

export const NO_COLLECTS: Collects = { running: [], marks: [], batch: undefined };

/** Starts one more. */
export function begun(collects: Collects, running: Running): Collects {
  return { ...collects, running: [...collects.running, running] };
}

/** Ends one; `at` is the moment for its mark. */
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

/** A batch that has not started. */
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
