// Whether a rise has come to rest: it has paused for much longer than it ever did on the way.
import { existing } from '../../numbers/existing.ts';
import type { Observed, Readings } from './readings.ts';

/** A pause ends when it moves on by this fraction of the whole way. The finest that is not lost in noise finds a rest first. */
const STEPS = [0.02, 0.005, 0.002] as const;
/** A rest counts as the end when it lasts this many times as long as the longest pause before. */
const LONGER = 2;
/** A rest is never shorter than these: milliseconds, and intervals between readings. */
const SHORTEST = 5000;
const FEWEST_INTERVALS = 5;
/** With this many steps or more, the time before the first step does not count as a pause: the curve had not begun. */
const STEPS_OF_A_RISE = 6;

/** For how many milliseconds what rose since `from` (or fell, with −1 as `sign`) has been at rest; undefined while it goes on. */
export function restOf(readings: Readings, from: number, observed: Observed, sign: 1 | -1): number | undefined {
  const { times, count } = readings;
  let start = 0;
  while (start + 1 < count && existing(times[start + 1]) <= from) start += 1;
  const way = wayOf(readings, start);
  if (!(way > 0)) return undefined;
  const since = Math.max(from, existing(times[start]));
  const rests = STEPS.map((step) => restBySteps(readings, { start, since, step: step * way, sign }, observed) ?? 0);
  const longest = Math.max(...rests);
  return longest === 0 ? undefined : longest;
}

/** A way that begins at the reading `start`, at the moment `since`, in steps of a given number of bytes. */
interface Way {
  readonly start: number;
  readonly since: number;
  readonly step: number;
  readonly sign: 1 | -1;
}

function restBySteps({ times, values, count }: Readings, way: Way, { now, interval }: Observed): number | undefined {
  let mark = way.sign * existing(values[way.start]);
  let markedAt = way.since;
  let steps = 0;
  let [first, longest] = [0, 0];
  for (let index = way.start + 1; index < count; index += 1) {
    const value = way.sign * existing(values[index]);
    if (value < mark + way.step) continue;
    const pause = existing(times[index]) - markedAt;
    if (steps === 0) first = pause;
    else longest = Math.max(longest, pause);
    mark = value;
    markedAt = existing(times[index]);
    steps += 1;
  }
  const pause = steps < STEPS_OF_A_RISE ? Math.max(first, longest) : longest;
  const rest = now - markedAt;
  const isLong = rest > LONGER * pause + 2 * interval && rest >= Math.max(SHORTEST, FEWEST_INTERVALS * interval);
  return isLong ? rest : undefined;
}

/** From the lowest value to the highest. */
function wayOf({ values, count }: Readings, start: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let index = start; index < count; index += 1) {
    const value = existing(values[index]);
    if (value > highest) highest = value;
    if (value < lowest) lowest = value;
  }
  return highest - lowest;
}
