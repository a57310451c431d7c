// The part of the time that the charts show, in seconds.

export interface TimeSpan {
  readonly min: number;
  readonly max: number;
}

/** The shortest span that can be shown. */
const SHORTEST = 1;

/** The span, `factor` times as long, with the time `at` in the same place, within the whole. */
export function zoomedSpan({ min, max }: TimeSpan, whole: TimeSpan, factor: number, at: number): TimeSpan {
  const length = Math.max(Math.min(SHORTEST, whole.max - whole.min), (max - min) * factor);
  const fraction = max > min ? Math.max(0, Math.min(1, (at - min) / (max - min))) : 0.5;
  const from = Math.max(min, Math.min(max, at)) - length * fraction;
  return within({ min: from, max: from + length }, whole);
}

/** The span moved by a fraction of its length. */
export function panned({ min, max }: TimeSpan, whole: TimeSpan, fraction: number): TimeSpan {
  const by = (max - min) * fraction;
  return within({ min: min + by, max: max + by }, whole);
}

/** The span moved as little as needed to contain a time. */
export function containing({ min, max }: TimeSpan, whole: TimeSpan, at: number): TimeSpan {
  const by = at < min ? at - min : at > max ? at - max : 0;
  return within({ min: min + by, max: max + by }, whole);
}

/** Moved into the whole, or the whole where it is longer. */
function within({ min, max }: TimeSpan, whole: TimeSpan): TimeSpan {
  const length = max - min;
  if (length >= whole.max - whole.min) return whole;
  const from = Math.max(whole.min, Math.min(whole.max - length, min));
  return { min: from, max: from + length };
}
