// What is to be done outside, declared here and performed by the command that runs the screen.
import type { Signal } from '../model/signals.ts';
import type { Target } from './collects.ts';
import type { Addressee } from './signals.ts';

export type Effect =
  | { readonly do: 'quit' | 'suspend' | 'repaint' | 'resample' | 'sample' | 'save' }
  | { readonly do: 'collect' | 'attach'; readonly target: Target }
  /** Each is checked by pid and start time right before; what became of it comes back as one action. */
  | { readonly do: 'signal'; readonly signal: Signal; readonly to: readonly Addressee[] };
