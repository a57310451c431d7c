// What is to be done outside, declared here and performed by the command that runs the screen.
import type { Target } from './collects.ts';
import type { Saved } from './saved.ts';

export type Effect =
  | { readonly do: 'quit' | 'suspend' | 'repaint' | 'resample' | 'sample' }
  | { readonly do: 'collect' | 'attach'; readonly target: Target }
  | { readonly do: 'save'; readonly saved: Saved };
