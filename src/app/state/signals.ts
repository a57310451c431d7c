// Signals as the screen knows them: who is to get one, what became of it, and who did not end.
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
  /** or its pid is another process now, */
  | { readonly kind: 'reused' }
  /** or it is not ours to signal; `own` is who memtop runs as, */
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
  /** Those of whom news is on its way: their end is told with it. */
  readonly awaited: readonly Target[];
  /** Those who did not end when asked to: KILL is offered to them next. */
  readonly stubborn: readonly Target[];
}

/** Whether a process, by pid and start time, is one of these. */
export function isAmong(targets: readonly Target[], target: Target): boolean {
  return targets.some((one) => isSame(one, target));
}
