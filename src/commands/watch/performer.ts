// Performs the effects that the app declares. Whatever fails is reported on the screen and in the log, never the end.

import type { Action } from '../../app/actions/action.ts';
import type { CollectOutcome, Target } from '../../app/state/collects.ts';
import type { Effect } from '../../app/state/effects.ts';
import type { Addressee, Delivery } from '../../app/state/signals.ts';
import type { State } from '../../app/state/state.ts';
import { savedOf } from '../../app/view/saved.ts';
import type { Context } from '../../cli/context.ts';
import type { Signal } from '../../model/signals.ts';

import type { Ending } from './ending.ts';
import { type Failures, reasonOf } from './failures.ts';
import type { Flight } from './flight.ts';
import type { LateCollecting } from './late-collecting.ts';
import type { Patterns } from './patterns.ts';
import type { Saving } from './saving.ts';
import type { Signalling } from './signalling.ts';

/** What performing effects needs. */
export interface Tools {
  readonly state: () => State;
  readonly dispatch: (action: Action) => void;
  readonly ending: Ending;
  readonly failures: Failures;
  /** Where a waiting sampler is woken: see `poll`. */
  readonly wake: EventTarget;
  readonly display: { suspend(): void };
  readonly repaint: () => void;
  readonly collecting: LateCollecting;
  readonly saving: Saving;
  readonly patterns: Patterns;
  readonly flight: Pick<Flight, 'show' | 'forget' | 'save' | 'note'>;
  /** Loads the code that sends signals, with the first one; rejects where that fails, and is tried again the next time. */
  readonly signalling: () => Promise<Signalling>;
  readonly context: Context;
}

export class Performer {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  perform(effect: Effect): void {
    const { ending, failures, patterns, display, wake } = this.#tools;
    switch (effect.do) {
      case 'quit':
        ending.begin(0);
        break;
      case 'suspend':
        display.suspend();
        break;
      case 'repaint':
        this.#tools.repaint();
        break;
      case 'resample':
        wake.dispatchEvent(new Event('interval'));
        break;
      case 'sample':
        wake.dispatchEvent(new Event('sample'));
        break;
      case 'signal':
        void failures.attempt('Signal not sent', () => this.#signal(effect.signal, effect.to));
        break;
      case 'load-regexes':
        void failures.attempt('Pattern not applied', () => patterns.load());
        break;
      case 'search-on':
        patterns.goOn();
        break;
      case 'recall':
        void failures.attempt('The past cannot be shown', () => this.#recall());
        break;
      case 'forget-past':
        this.#tools.flight.forget();
        break;
      case 'save-recording':
        void failures.attempt('Recording not saved', () => this.#tools.flight.save());
        break;
      case 'save':
        void failures.attempt('Settings not saved', () => this.#save());
        break;
      default:
        void failures.attempt(`${effect.do} failed`, () => this.#act(effect.do, effect.target));
    }
  }

  /** Sends signals, reports the results, and samples again where a process has exited. */
  async #signal(signal: Signal, to: readonly Addressee[]): Promise<void> {
    const { dispatch, ending, wake } = this.#tools;
    const deliveries = await this.#deliver(signal, to);
    if (ending.hasBegun) return;
    dispatch({ type: 'signalled', signal, deliveries });
    if (deliveries.some(({ fate }) => fate.kind === 'gone')) wake.dispatchEvent(new Event('sample'));
  }

  /** Where the code for sending cannot be loaded, each process is reported as not signalled. */
  async #deliver(signal: Signal, to: readonly Addressee[]): Promise<Delivery[]> {
    try {
      return await (await this.#tools.signalling()).send(signal, to);
    } catch (error) {
      this.#tools.failures.report('Signal not sent', error);
      return to.map((one) => ({ to: one, fate: { kind: 'refused', reason: reasonOf(error) } }));
    }
  }

  #recall(): void {
    const { past } = this.#tools.state();
    if (past !== undefined) this.#tools.flight.show(past.time);
  }

  async #save(): Promise<void> {
    const { saving, state, context, dispatch } = this.#tools;
    dispatch({ type: 'notified', notice: await saving.save(savedOf(state()), context) });
  }

  /** Runs long work in the background, and reports its start and end to the state. */
  async #act(what: 'collect' | 'attach' | 'lines', target: Target): Promise<void> {
    const { dispatch, state } = this.#tools;
    dispatch({ type: 'began', running: { target, what, since: Date.now() } });
    const at = state().latest?.snapshot.monotonic ?? 0;
    this.#ended(target, await this.#outcomeOf(what, target), at);
  }

  #ended(target: Target, outcome: CollectOutcome, at = 0): void {
    const { dispatch, ending, flight } = this.#tools;
    if ('collection' in outcome) {
      flight.note('collect', `Collect in ${target.name} (${target.pid}): ${outcome.collection.verdict}`);
    }
    if (!ending.hasBegun) dispatch({ type: 'ended', target, outcome, at });
  }

  async #outcomeOf(what: 'collect' | 'attach' | 'lines', target: Target): Promise<CollectOutcome> {
    const { collecting, failures } = this.#tools;
    try {
      if (what === 'collect') return await collecting.collect(target);
      if (what === 'lines') return await collecting.watch(target);
      // The process that attaches outlives memtop: the end need not wait for it.
      return await collecting.attach(target, (trouble) => this.#ended(target, { trouble, isAlarm: true }));
    } catch (error) {
      failures.report({ collect: 'Not collected', attach: 'Not attached', lines: 'Not watched' }[what], error);
      return { trouble: reasonOf(error) };
    }
  }
}
