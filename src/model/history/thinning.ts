// Makes a history smaller without changing its outline: of each span of time the lowest and the highest reading stay.
import { existing } from '../../numbers/existing.ts';

const SECOND = 1000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Every reading is kept for this long; then one per second until the fine part ends; then one per minute. */
const UNTOUCHED = 2 * MINUTE;
const FINE = 15 * MINUTE;

/** The span in milliseconds of which at most two readings of that age stay; each level doubles it. With zero all stay. */
function spanAt(age: number, level: number): number {
  const span = age <= UNTOUCHED ? (level === 0 ? 0 : SECOND / 2) : age <= FINE ? SECOND : MINUTE;
  return span * 2 ** level;
}

/**
 * Thins `count` readings in place and returns how many stay. A reading is the value from its time on, in
 * milliseconds; times rise. Readings older than a day are dropped, except the one in force when the day began.
 * Spans are fixed in time, so that thinning again changes nothing.
 */
export function thin(
  times: Float64Array,
  values: Float64Array,
  { count, now, level }: { readonly count: number; readonly now: number; readonly level: number },
): number {
  let first = 0;
  while (first + 1 < count && now - existing(times[first + 1]) > DAY) first += 1;
  let retained = 0;
  let at = first;
  while (at < count) {
    const span = spanAt(now - existing(times[at]), level);
    const end = span === 0 ? at + 1 : endOfSpan(times, at, count, span);
    retained = keepOutline(times, values, {
      from: at,
      end,
      retained,
      isLastShort: isFollowed(times, end, count, span),
    });
    at = end;
  }
  return retained;
}

function endOfSpan(times: Float64Array, from: number, count: number, span: number): number {
  const bucket = Math.floor(existing(times[from]) / span);
  let end = from + 1;
  while (end < count && Math.floor(existing(times[end]) / span) === bucket) end += 1;
  return end;
}

/** Whether the last reading before `end` lasted too short a time to matter. */
function isFollowed(times: Float64Array, end: number, count: number, span: number): boolean {
  return end < count && existing(times[end]) - existing(times[end - 1]) < span;
}

function keepOutline(
  times: Float64Array,
  values: Float64Array,
  part: { readonly from: number; readonly end: number; readonly retained: number; readonly isLastShort: boolean },
): number {
  let lowest = part.from;
  let highest = part.from;
  for (let index = part.from + 1; index < part.end; index += 1) {
    if (existing(values[index]) < existing(values[lowest])) lowest = index;
    if (existing(values[index]) > existing(values[highest])) highest = index;
  }
  let retained = part.retained;
  const last = part.isLastShort ? -1 : part.end - 1;
  for (let index = part.from; index < part.end; index += 1) {
    if (index !== lowest && index !== highest && index !== last) continue;
    times[retained] = existing(times[index]);
    values[retained] = existing(values[index]);
    retained += 1;
  }
  return retained;
}
