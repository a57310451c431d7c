// Whether a few consecutive values rise as retained memory does, rather than wander.

import { existing } from '../../numbers/existing.ts';

/** The least straightness of a rise: net movement divided by all movement. */
const STRAIGHT = 0.7;
/** A small rise must be straighter: a random walk of a few percent is soon found to rise. */
const SMALL_FRACTION = 0.05;
const STRAIGHT_IF_SMALL = 0.9;
/** One jump is not a rise: no single step is more than this fraction of it. */
const LARGEST_STEP = 0.45;
/** A rise must not have stopped: its last third has at least this fraction of the whole pace. */
const STILL_GOING = 0.3;

/**
 * Net movement divided by all movement (the "efficiency ratio" of P. Kaufman, "Smarter Trading", 1995): 1 for values
 * that only rise, -1 for values that only fall, about 1/√n for n random steps, 0 for values that do not move.
 */
export function efficiency(values: Float64Array): number {
  let moved = 0;
  for (let index = 1; index < values.length; index += 1) {
    moved += Math.abs(existing(values[index]) - existing(values[index - 1]));
  }
  return moved === 0 ? 0 : (existing(values[values.length - 1]) - existing(values[0])) / moved;
}

/** Whether the values rise straight, by at least `least` in all, not in one jump, and have not stopped doing so. */
export function rises(values: Float64Array, least: number): boolean {
  const count = values.length;
  const [first, last] = [existing(values[0]), existing(values[count - 1])];
  const net = last - first;
  const isSmall = net < SMALL_FRACTION * Math.max(Math.abs(first), Math.abs(last));
  if (net < least || efficiency(values) < (isSmall ? STRAIGHT_IF_SMALL : STRAIGHT)) return false;
  for (let index = 1; index < count; index += 1) {
    if (existing(values[index]) - existing(values[index - 1]) > LARGEST_STEP * net) return false;
  }
  const tail = Math.floor((count * 2) / 3) - 1;
  return (last - existing(values[tail])) / (count - 1 - tail) >= (STILL_GOING * net) / (count - 1);
}
