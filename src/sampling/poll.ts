// Turns a sampler into a stream of snapshots at regular intervals: the first at once, the rest on a grid without drift.
import { Plausible } from '../model/snapshot/plausible.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import type { Needs, Sampler } from './sampler/sampler.ts';

/** How and when to sample. */
export interface PollOptions {
  /** Milliseconds between two samples, called again for every wait. At least 10. */
  readonly interval: () => number;
  /** What the consumer needs, called again before every sample. */
  readonly needs: () => Needs;
  /** Ends the stream, quietly and at any moment: between samples, within one, or before the first. */
  readonly signal: AbortSignal;
  /**
   * Interrupts a running wait: an `interval` event makes it read the interval again, a `sample`
   * event ends it, so that the next sample is taken now and the grid continues from there.
   */
  readonly wake?: EventTarget;
}

/** The shortest interval kept, in milliseconds: below it a monitor measures mostly itself. */
const SHORTEST = 10;

/** The longest delay setTimeout can hold; longer ones would fire at once. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Samples as long as it is iterated. A sample starts only when the consumer requests it and the previous one
 * has settled, so there are never two at once; ticks missed meanwhile are skipped, not made up for. The code that opened
 * the sampler closes it.
 *
 * @throws what the sampler throws, except the abort by the signal, which ends the stream.
 */
export async function* poll(sampler: Sampler, options: PollOptions): AsyncGenerator<Snapshot, void, void> {
  const { signal } = options;
  const plausible = new Plausible();
  let tick = performance.now();
  while (!signal.aborted) {
    let snapshot: Snapshot;
    try {
      snapshot = await sampler.sample(options.needs(), signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (signal.aborted) return;
    yield plausible.check(snapshot);
    tick = await nextTick(tick, options);
  }
}

/** Waits for the next point of the grid that `tick` lies on, and returns it. */
async function nextTick(tick: number, { interval, signal, wake }: PollOptions): Promise<number> {
  let current = 0;
  let due = tick;
  while (!signal.aborted) {
    const now = performance.now();
    const wanted = atLeast(interval());
    if (wanted !== current) {
      current = wanted;
      due = firstAfter(now, tick, current);
    }
    // A timer counts in whole milliseconds and may fire a fraction early: that is not another tick.
    if (due - now < 1) return due;
    const reason = await pause(Math.min(due - now, LONGEST_TIMER), signal, wake);
    if (reason === 'sample') return performance.now();
  }
  return due;
}

function atLeast(interval: number): number {
  return Number.isNaN(interval) ? SHORTEST : Math.max(interval, SHORTEST);
}

/** The first point of the grid after now: one interval after the last, or more where a sample took longer. */
function firstAfter(now: number, tick: number, current: number): number {
  return tick + (Math.floor((now - tick) / current) + 1) * current;
}

type Reason = 'time' | 'abort' | 'interval' | 'sample';

/**
 * Waits, and returns what ended the wait. Every listener is removed by name: a listener that is given a `signal` which
 * ends it is held weakly, and may stay for good when a garbage collection falls into the wait.
 */
function pause(milliseconds: number, signal: AbortSignal, wake: EventTarget | undefined): Promise<Reason> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve('abort');
    const end = (reason: Reason) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      wake?.removeEventListener('interval', onInterval);
      wake?.removeEventListener('sample', onSample);
      resolve(reason);
    };
    const onAbort = () => end('abort');
    const onInterval = () => end('interval');
    const onSample = () => end('sample');
    const timer = setTimeout(end, Math.ceil(milliseconds), 'time');
    signal.addEventListener('abort', onAbort);
    wake?.addEventListener('interval', onInterval);
    wake?.addEventListener('sample', onSample);
  });
}
