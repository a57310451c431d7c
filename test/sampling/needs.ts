// What a test wants of a sample, unless it says otherwise.
import type { Needs } from '../../src/sampling/sampler/sampler.ts';

export function needing(some: Partial<Needs> = {}): Needs {
  return {
    visible: new Set(),
    everyRow: false,
    measures: new Set(['peak', 'swap']),
    everyMeasure: false,
    commandLimit: 4096,
    ...some,
  };
}

/** A signal that is never aborted. */
export const never = new AbortController().signal;
