// Side effects, declared here and performed by the command that runs the screen.
import type { Signal } from '../../model/signals.ts';
import type { Target } from './collects.ts';
import type { Addressee } from './signals.ts';

export type Effect =
  /** `sample`: sample now, because something is needed that the previous sample did not include. */
  | { readonly do: 'quit' | 'suspend' | 'repaint' | 'resample' | 'sample' | 'save' | 'save-recording' }
  /** Compute the rows of the moment that is wanted; or free what that took, since the screen shows now again. */
  | { readonly do: 'recall' | 'forget-past' }
  /** The engine for regular expressions, or another pass of it over the rows that the last one left out. */
  | { readonly do: 'load-regexes' | 'search-on' }
  | { readonly do: 'collect' | 'attach' | 'lines'; readonly target: Target }
  /** Each is checked by PID and start time right before; the results come back as one action. */
  | { readonly do: 'signal'; readonly signal: Signal; readonly to: readonly Addressee[] };
