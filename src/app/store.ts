// Holds the state: takes actions, notifies once per batch, and passes effects on.

import type { Action } from './actions/action.ts';
import { update } from './actions/update.ts';
import type { Effect } from './state/effects.ts';
import type { State } from './state/state.ts';

/** The current state and the way to change it. */
export class Store {
  #state: State;
  readonly #perform: (effect: Effect) => void;
  readonly #changed: (state: State) => void;

  constructor(state: State, perform: (effect: Effect) => void, changed: (state: State) => void) {
    this.#state = state;
    this.#perform = perform;
    this.#changed = changed;
  }

  get state(): State {
    return this.#state;
  }

  /** Applies actions in order. However many there are ("jjj" comes as one read), the screen is drawn once. */
  dispatch(...actions: readonly Action[]): void {
    const before = this.#state;
    const effects: Effect[] = [];
    for (const action of actions) {
      const next = update(this.#state, action);
      this.#state = next.state;
      effects.push(...next.effects);
    }
    if (this.#state !== before) this.#changed(this.#state);
    for (const effect of effects) this.#perform(effect);
  }
}
