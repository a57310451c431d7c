// Whether samples suffice to know a column's values: what one sample cannot show is refused, never left blank.

/** How many samples it takes until a value is known, and how many milliseconds they have to cover. */
export interface KnownAfter {
  readonly samples: number;
  readonly milliseconds: number;
}

/** What the difference between two samples shows. */
export const AFTER_TWO_SAMPLES: KnownAfter = { samples: 2, milliseconds: 0 };

/** How much is sampled before something is printed: `samples` is Infinity for a stream without end. */
export interface Sampling {
  readonly samples: number;
  /** Between the first sample and the last. */
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
