// A time axis without steps back: where the clock of the recorded machine was set back, it goes on by the monotonic clock.
import type { Snapshot } from '../../model/snapshot/snapshot.ts';

/** Places snapshot after snapshot on the axis. */
export class SteadyClock {
  /** Milliseconds that are added to the times of the machine. */
  shift = 0;
  #before: { readonly time: number; readonly monotonic: number } | undefined;

  /** How far the clock was set back since the snapshot before, in milliseconds; 0 where it was not. */
  advance({ time, monotonic }: Pick<Snapshot, 'time' | 'monotonic'>): number {
    const before = this.#before;
    this.#before = { time, monotonic };
    if (before === undefined || time >= before.time) return 0;
    const setBack = before.time + Math.max(0, monotonic - before.monotonic) - time;
    this.shift += setBack;
    return setBack;
  }
}
