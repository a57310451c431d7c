// What is to be done outside, declared here and performed by the command that runs the screen.
import type { Target } from './collects.ts';

export type Effect =
  | { readonly do: 'quit' | 'suspend' | 'repaint' | 'resample' | 'sample' | 'save' }
  | { readonly do: 'collect' | 'attach'; readonly target: Target };
