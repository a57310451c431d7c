// A slope that a single spike cannot bend.
import { existing } from '../../numbers/existing.ts';
import { arrayOf, type Workspace } from '../../numbers/workspace.ts';

/** The window is cut into at most this many blocks; the cost is quadratic, and more would not add accuracy. */
const BLOCKS = 9;

/**
 * The median of the slopes between all pairs of points (Theil 1950; Sen 1968, "Estimates of the regression
 * coefficient based on Kendall's tau"), over the medians of at most nine consecutive blocks. A spike shorter
 * than half a block has no effect, and outliers must fill three tenths of the blocks to change the slope.
 *
 * `values` per unit of `times`; both of one length, times rising. NaN with fewer than two points.
 */
export function slope(times: Float64Array, values: Float64Array, workspace?: Workspace): number {
  const count = Math.min(BLOCKS, times.length);
  const blockTimes = arrayOf(count, workspace);
  const blockValues = arrayOf(count, workspace);
  const scratch = arrayOf(Math.max(Math.ceil(times.length / BLOCKS), (BLOCKS * (BLOCKS - 1)) / 2), workspace);
  for (let block = 0; block < count; block += 1) {
    const from = Math.floor((block * times.length) / count);
    const to = Math.floor(((block + 1) * times.length) / count);
    for (let index = from; index < to; index += 1) scratch[index - from] = existing(values[index]);
    blockTimes[block] = middleOf(times, from, to);
    blockValues[block] = medianOf(scratch, to - from);
  }
  return medianOfPairs(blockTimes, blockValues, scratch);
}

/** The median slope over all pairs of points. */
function medianOfPairs(times: Float64Array, values: Float64Array, scratch: Float64Array): number {
  let pairs = 0;
  for (let later = 1; later < times.length; later += 1) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      const span = existing(times[later]) - existing(times[earlier]);
      if (span <= 0) continue;
      scratch[pairs] = (existing(values[later]) - existing(values[earlier])) / span;
      pairs += 1;
    }
  }
  return medianOf(scratch, pairs);
}

/** The median of the sorted values from `from` up to, not including, `to`; NaN if there are none. */
function middleOf(sorted: Float64Array, from: number, to: number): number {
  if (to <= from) return Number.NaN;
  const middle = (from + to) >> 1;
  const upper = existing(sorted[middle]);
  return (to - from) % 2 === 1 ? upper : (existing(sorted[middle - 1]) + upper) / 2;
}

/** The median of the first `count` values; NaN if there are none. Changes their order. */
export function medianOf(values: Float64Array, count: number): number {
  if (count === 0) return Number.NaN;
  const middle = count >> 1;
  const upper = select(values, count, middle);
  if (count % 2 === 1) return upper;
  let lower = existing(values[0]);
  for (let index = 1; index < middle; index += 1) {
    const value = existing(values[index]);
    if (value > lower) lower = value;
  }
  return (lower + upper) / 2;
}

/** Hoare's selection ("Algorithm 65: Find", CACM 4, 1961): the value that sorting would bring to `place`; no value before it is larger. */
function select(values: Float64Array, count: number, place: number): number {
  let first = 0;
  let last = count - 1;
  while (first < last) {
    const pivot = existing(values[place]);
    let from = first;
    let to = last;
    while (from <= to) {
      while (existing(values[from]) < pivot) from += 1;
      while (pivot < existing(values[to])) to -= 1;
      if (from > to) break;
      const value = existing(values[from]);
      values[from] = existing(values[to]);
      values[to] = value;
      from += 1;
      to -= 1;
    }
    if (to < place) first = from;
    if (from > place) last = to;
  }
  return existing(values[place]);
}
