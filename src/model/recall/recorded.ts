// What was recorded of a machine, as the screen goes back and forth in it: kept in memory while memtop runs, or in a file.
import type { Kill } from '../snapshot/oom-kill.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Something worth going back to. */
export interface RecordedEvent {
  /** Milliseconds since the epoch: the time of the first sample that shows it. */
  readonly time: number;
  readonly kind: 'oom-kill' | 'collect' | 'rule' | 'started' | 'exited' | 'clock';
  /** One sentence, cleaned: `python3 (9122) exited, 812M`. */
  readonly text: string;
  /** Of an OOM kill. */
  readonly kill?: Kill;
}

/**
 * Samples and events of a recording. All times are milliseconds since the epoch, and rise from sample to sample. While
 * memtop records, samples are added at the end and removed at the beginning.
 */
export interface Recorded {
  /** When its first and its last sample were taken; undefined while there is none. */
  readonly range: { readonly begin: number; readonly end: number } | undefined;
  /** The events, oldest first. */
  readonly events: readonly RecordedEvent[];
  /** The time of the last sample at or before a time: of the first sample where that is later. Undefined without samples. */
  sampleAt(time: number): number | undefined;
  /** The times of the samples next to a time; undefined at the ends. */
  sampleBefore(time: number): number | undefined;
  sampleAfter(time: number): number | undefined;
  /** Of each of `cells` equal spans of a stretch of time the largest fraction of memory in use, from 0 to 1; NaN without a sample. */
  usage(from: number, to: number, cells: number): readonly number[];
  /**
   * The sample at a time, which is the last in the list, and the samples before it from which its rates, trends and growth
   * are computed, oldest first; those that are long before it may be sparse. Empty without samples.
   */
  leadingTo(time: number): readonly Snapshot[];
  /** The samples after one time, up to another and including it, oldest first. */
  between(after: number, to: number): readonly Snapshot[];
}
