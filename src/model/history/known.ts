// Whether the planned samples suffice for a column: one that needs more samples is refused, never left blank.

/** The samples needed before a value is known, and the milliseconds that they have to cover. */
export interface KnownAfter {
  readonly samples: number;
  readonly milliseconds: number;
}

/** The requirement of values that are differences between two samples. */
export const AFTER_TWO_SAMPLES: KnownAfter = { samples: 2, milliseconds: 0 };

/** The sampling before something is printed: `samples` is Infinity for an endless stream. */
export interface Sampling {
  readonly samples: number;
  /** Milliseconds between the first sample and the last. */
  readonly milliseconds: number;
}

/** Whether its values are known after the given sampling. */
export function isKnownAfter(
  { knownAfter }: { readonly knownAfter?: KnownAfter },
  { samples, milliseconds }: Sampling,
): boolean {
  if (knownAfter === undefined) return true;
  return samples >= knownAfter.samples && milliseconds >= knownAfter.milliseconds;
}
