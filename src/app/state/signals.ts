// Signals as the screen knows them: the targets, the outcome, and the processes that are still running.
import type { Signal } from '../../model/signals.ts';
import { isSame, type Target } from './collects.ts';

/** A process as the menu names it, fixed when the menu opens: a table that sorts itself again changes nothing. */
export interface Addressee extends Target {
  /** Cleaned, as the name. */
  readonly user: string;
  readonly command: string;
  /** Bytes. */
  readonly rss: number;
}

/** What became of a signal to one process. Times in milliseconds. */
export type Fate =
  /** It has ended; a zombie is one that its parent has not taken note of. */
  | { readonly kind: 'gone'; readonly after: number; readonly isZombie: boolean }
  /** It was sent, and the process is there; its state as one letter (proc_pid_stat(5)) where that is known. */
  | { readonly kind: 'stays'; readonly after: number; readonly state: string | undefined }
  /** Nothing was sent: it had ended before, */
  | { readonly kind: 'went' }
  /** or its PID now belongs to another process, */
  | { readonly kind: 'reused' }
  /** or permission was denied; `own` is the user that memtop runs as, */
  | { readonly kind: 'denied'; readonly own: string }
  /** or for another reason. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface Delivery {
  readonly to: Addressee;
  readonly fate: Fate;
}

export interface Signals {
  /** What this system knows, in the order of the numbers. */
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
