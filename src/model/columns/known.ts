// Whether samples suffice to know a column's values: what one sample cannot show is refused, never left blank.
import type { Column } from '../column.ts';

/** How much is sampled before something is printed: `samples` is Infinity for a stream without end. */
export interface Sampling {
  readonly samples: number;
  /** Between the first sample and the last. */
  readonly milliseconds: number;
}

/** Whether its values are known once so much has been sampled. */
export function isKnownAfter({ knownAfter }: Column, { samples, milliseconds }: Sampling): boolean {
  if (knownAfter === undefined) return true;
  return samples >= knownAfter.samples && milliseconds >= knownAfter.milliseconds;
}
