// A forecast that moves gradually from one sample to the next: users do not trust a number that jumps.
import type { Forecast } from './near-end.ts';

/** An end moves by this fraction of the time that is left, at most. */
const STEP = 0.15;
/** An end this many times nearer or farther is reported at once. */
const NEWS = 2;
/** The least time, in milliseconds, of which a fraction is taken, and that is reported as left. */
const LEAST = 1000;

/** The forecast that is reported after `before`, which was made `elapsed` milliseconds ago. Its range holds what was found. */
export function steadied(found: Forecast, before: Forecast, elapsed: number): Forecast {
  const expected = Math.max(LEAST, before.middle - elapsed);
  const wanted = Math.max(LEAST, found.middle);
  if (wanted * NEWS < expected || wanted > expected * NEWS) return found;
  const middle = Math.min(expected * (1 + STEP), Math.max(expected * (1 - STEP), wanted));
  return { soonest: Math.min(found.soonest, middle), middle, latest: Math.max(found.latest, middle) };
}

/** The same forecast `elapsed` milliseconds later. */
export function later({ soonest, middle, latest }: Forecast, elapsed: number): Forecast {
  const left = (end: number) => Math.max(0, end - elapsed);
  return { soonest: left(soonest), middle: left(middle), latest: left(latest) };
}
