// Whether what rose has come to rest: it has not moved on for much longer than it ever paused on its way.
import type { Observed, Readings } from './readings.ts';

/** What moves by less than this fraction of the whole way is at rest. */
const STEP = 0.02;
/** A rest is the end when it lasts so many times as long as the longest pause on the way. */
const LONGER = 2;
/** A rest is never shorter than these: milliseconds, and intervals between readings. */
const SHORTEST = 10_000;
const FEWEST_INTERVALS = 5;

/** For how many milliseconds what rose since `from` (or fell, with −1 as `sign`) has been at rest; undefined while it goes on. */
export function restOf(
  readings: Readings,
  from: number,
  { now, interval }: Observed,
  sign: 1 | -1,
): number | undefined {
  const { times, values, count } = readings;
  let start = 0;
  while (start + 1 < count && (times[start + 1] as number) <= from) start += 1;
  const step = STEP * wayOf(readings, start);
  if (!(step > 0)) return undefined;
  let mark = sign * (values[start] as number);
  let markedAt = Math.max(from, times[start] as number);
  let longest = 0;
  for (let index = start + 1; index < count; index += 1) {
    const value = sign * (values[index] as number);
    if (value < mark + step) continue;
    longest = Math.max(longest, (times[index] as number) - markedAt);
    mark = value;
    markedAt = times[index] as number;
  }
  const rest = now - markedAt;
  const isLong = rest > LONGER * longest + 2 * interval && rest >= Math.max(SHORTEST, FEWEST_INTERVALS * interval);
  return isLong ? rest : undefined;
}

/** From the lowest value to the highest. */
function wayOf({ values, count }: Readings, start: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let index = start; index < count; index += 1) {
    highest = Math.max(highest, values[index] as number);
    lowest = Math.min(lowest, values[index] as number);
  }
  return highest - lowest;
}
