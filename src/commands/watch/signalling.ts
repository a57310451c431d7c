// Sends signals, and observes the results.

import { setTimeout as pause } from 'node:timers/promises';
import { type Gate, hasEnded } from '../../acting/gate.ts';
import type { ProcessLookup } from '../../acting/process-lookup.ts';
import type { Addressee, Delivery, Fate } from '../../app/state/signals.ts';
import type { Signal } from '../../model/signals.ts';
import { existing } from '../../numbers/existing.ts';

export interface SignallingOptions {
  readonly gate: Gate;
  readonly lookUp: ProcessLookup;
  /** Milliseconds for a process to end, and for one to show what else a signal does. */
  readonly timeouts?: { readonly end: number; readonly other: number };
}

const FATE_TIMEOUTS = { end: 3000, other: 500 };
/** Milliseconds between two checks. */
const CHECK_EVERY = 40;
/** Milliseconds within which a parent usually reaps a child: until then a zombie is not reported. */
const NOTED_WITHIN = 200;

/** Sends signals to processes, each through the gate. */
export class Signalling {
  readonly #options: SignallingOptions;

  constructor(options: SignallingOptions) {
    this.#options = options;
  }

  /** Sends to one after the other, then waits for all of them together. Never rejects: failures are results too. */
  async send(signal: Signal, to: readonly Addressee[]): Promise<Delivery[]> {
    const fates: Promise<Fate>[] = [];
    for (const one of to) {
      const refused = await this.#options.gate.signal(`SIG${signal.name}` as NodeJS.Signals, one);
      fates.push(refused === undefined ? this.#watch(signal, one) : Promise.resolve(refused));
    }
    const settled = await Promise.all(fates);
    return to.map((one, index) => ({ to: one, fate: existing(settled[index]) }));
  }

  /** Checks until it has exited, or done what the signal requests, or the timeout is over. */
  async #watch(signal: Signal, to: Addressee): Promise<Fate> {
    const { end, other } = this.#options.timeouts ?? FATE_TIMEOUTS;
    const begun = performance.now();
    const timeout = signal.standard === 'ends' ? end : other;
    let endedAfter: number | undefined;
    for (;;) {
      const state = await this.#stateOf(to);
      const after = performance.now() - begun;
      if (state === 'gone') return { kind: 'gone', after: endedAfter ?? after, isZombie: false };
      if (hasEnded(state)) {
        endedAfter ??= after;
        if (after - endedAfter >= NOTED_WITHIN) return { kind: 'gone', after: endedAfter, isZombie: true };
      } else if (after >= timeout || isDone(signal, state)) return { kind: 'stays', after, state };
      await pause(CHECK_EVERY);
    }
  }

  /** The letter of its state, `gone`, or undefined when it is there and no more is known. */
  async #stateOf({ pid, startTime }: Addressee): Promise<string | undefined> {
    try {
      const seen = await this.#options.lookUp(pid);
      return seen === undefined || seen.startTime !== startTime ? 'gone' : seen.state;
    } catch {
      return undefined;
    }
  }
}

function isDone({ standard }: Signal, state: string | undefined): boolean {
  return (standard === 'stops' && state === 'T') || (standard === 'continues' && state !== 'T');
}
