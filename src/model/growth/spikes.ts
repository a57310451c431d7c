// Takes out what lasted for a single reading: no shape depends on it, and it would hide many.
import type { Readings } from './readings.ts';

/** Gives a reading that held for at most `longest` milliseconds and lies beyond both its neighbours the nearer one's value. */
export function removeSpikes({ times, values, count }: Readings, longest: number): void {
  let before = values[0] as number;
  for (let index = 1; index + 1 < count; index += 1) {
    const value = values[index] as number;
    const after = values[index + 1] as number;
    const isBeyond = value > before === value > after && value !== before && value !== after;
    if (isBeyond && (times[index + 1] as number) - (times[index] as number) <= longest) {
      values[index] = value > before ? Math.max(before, after) : Math.min(before, after);
    }
    before = value;
  }
}
