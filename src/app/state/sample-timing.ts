// How punctual the samples are: late ones, one that does not come, and a clock that was set meanwhile.

import type { Snapshot } from '../../model/snapshot/snapshot.ts';
import { formatSpan } from '../../text/format.ts';

export interface SampleTiming {
  /** The interval in force when the newest sample came, in milliseconds; undefined before the first. */
  readonly interval: number | undefined;
  /** By how many milliseconds the newest sample was late; 0 for on time. */
  readonly lateBy: number;
  /** For how many milliseconds a sample has been overdue; 0 while none is. */
  readonly overdueBy: number;
}

export const ON_TIME: SampleTiming = { interval: undefined, lateBy: 0, overdueBy: 0 };

/** A delay shorter than this is not reported, however short the interval; in milliseconds. */
const NOTABLE_DELAY = 1000;
/** Clocks that are set by others (NTP) are moved by less than this between two samples; in milliseconds. */
const NOTABLE_JUMP = 2000;

/** The timing after a sample; `interval` is in force now. A wait that began under another interval is not judged. */
export function onSample(
  timing: SampleTiming,
  before: Snapshot | undefined,
  now: Snapshot,
  interval: number,
): SampleTiming {
  const delay = before === undefined || timing.interval !== interval ? 0 : now.monotonic - before.monotonic - interval;
  const lateBy = isNotable(delay, interval) ? delay : 0;
  return { interval, lateBy, overdueBy: 0 };
}

/** The timing while a sample does not come: `silence` is how long ago the last one did, in milliseconds. */
export function onSilence(timing: SampleTiming, silence: number, interval: number): SampleTiming {
  const delay = silence - interval;
  return timing.interval === interval && isNotable(delay, interval) ? { ...timing, overdueBy: delay } : timing;
}

/** A sample that takes longer than the interval skips a tick: nearly a whole interval, then. */
function isNotable(delay: number, interval: number): boolean {
  return delay >= Math.max(NOTABLE_DELAY, interval * 0.9);
}

/** The notice when the wall clock and the monotonic clock disagree about the time between two samples. */
export function jumpOf(before: Snapshot | undefined, now: Snapshot): string | undefined {
  if (before === undefined) return undefined;
  const jump = now.time - before.time - (now.monotonic - before.monotonic);
  if (Math.abs(jump) < NOTABLE_JUMP) return undefined;
  return `clock jumped by ${jump < 0 ? '-' : '+'}${formatSpan(Math.abs(jump))} (it was set, or the machine slept)`;
}
