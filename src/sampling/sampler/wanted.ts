// Whether a measure is wanted of a row.
import type { Measure } from '../../model/snapshot/measure.ts';
import type { Needs } from './sampler.ts';

/** True where it is wanted of every row, or of those on screen, of which this is one when `visible`. */
export function isWantedOf(measure: Measure, visible: boolean, { measures, everyMeasure, ofEveryRow }: Needs): boolean {
  return measures.has(measure) && (visible || everyMeasure || ofEveryRow?.has(measure) === true);
}
