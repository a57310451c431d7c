// Removes spikes that lasted for a single reading: no growth pattern depends on them, and they would hide many.
import { existing } from '../../numbers/existing.ts';
import type { Readings } from './readings.ts';

/** Replaces a reading that lasted at most `longest` milliseconds and lies beyond both neighbours by the value of the nearer one. */
export function removeSpikes({ times, values, count }: Readings, longest: number): void {
  let before = existing(values[0]);
  for (let index = 1; index + 1 < count; index += 1) {
    const value = existing(values[index]);
    const after = existing(values[index + 1]);
    const isBeyond = value > before === value > after && value !== before && value !== after;
    if (isBeyond && existing(times[index + 1]) - existing(times[index]) <= longest) {
      values[index] = value > before ? Math.max(before, after) : Math.min(before, after);
    }
    before = value;
  }
}
