// Signals as the screen knows them: the targets, the outcome, and the processes that are still running.
import type { Signal, SignalRefusal } from '../../model/signals.ts';
import { isSame, type Target } from './collects.ts';

/** A process as the menu names it, fixed when the menu opens, so that sorting the table changes nothing. */
export interface Addressee extends Target {
  /** Cleaned, as the name. */
  readonly user: string;
  readonly command: string;
  /** Bytes. */
  readonly rss: number;
}

/** The result of a signal to one process. Times in milliseconds. */
export type Fate =
  /** It exited; as a zombie if its parent has not reaped it. */
  | { readonly kind: 'gone'; readonly after: number; readonly isZombie: boolean }
  /** It was sent, and the process still exists; its state as one letter (proc_pid_stat(5)) where that is known. */
  | { readonly kind: 'stays'; readonly after: number; readonly state: string | undefined }
  /** It was not sent. */
  | SignalRefusal;

export interface Delivery {
  readonly to: Addressee;
  readonly fate: Fate;
}

export interface Signals {
  /** The signals of this system, in the order of their numbers. */
  readonly offered: readonly Signal[];
  /** Those with a pending result: their exit is reported with it. */
  readonly awaited: readonly Target[];
  /** Processes that did not exit after TERM: KILL is offered for them next. */
  readonly stubborn: readonly Target[];
}

/** Whether a process, by PID and start time, is one of these. */
export function isAmong(targets: readonly Target[], target: Target): boolean {
  return targets.some((one) => isSame(one, target));
}
