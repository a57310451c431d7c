// How long a judgement stands: the longer the past it was made of, and less long for what grows.

import type { Judgement } from './growth.ts';
import { highestOf } from './profile.ts';
import type { Observed, Readings } from './readings.ts';

/** A judgement and what it was made of: the moment, in milliseconds, and the highest value until then, in bytes. */
export interface Standing {
  readonly judgement: Judgement;
  readonly at: number;
  readonly highest: number;
}

/** A judgement is valid for this many milliseconds, or this fraction of its history if that is less. */
interface Span {
  readonly most: number;
  readonly fraction: number;
}
/** Of what has a word and does not grow. */
const CALM: Span = { most: 15_000, fraction: 1 / 20 };
const LIVELY: Span = { most: 4000, fraction: 1 / 60 };
/** New ground above the highest value before: more than this many bytes, and this fraction of it. */
const LEAST_BYTES = 2 ** 20;
const LEAST_SHARE = 0.02;

/** What stands once `readings` are judged. Ask before they are changed. */
export function standingOf({ values, count }: Readings, now: number): Omit<Standing, 'judgement'> {
  return { at: now, highest: highestOf(values.subarray(0, count)) };
}

/** Whether it still stands, now that the value is `value`; `phase` is that of the curve. */
export function stands(
  standing: Standing,
  value: number,
  { since, now }: Omit<Observed, 'interval'>,
  phase: number,
): boolean {
  const { most, fraction } = isCalm(standing, value) ? CALM : LIVELY;
  return now - standing.at < (now - since) * fraction && !isDue(standing.at, now, most, phase);
}

/**
 * Whether what was made at the moment `at` is older than `most` milliseconds, or its turn has come. `phase`, from 0 to 1,
 * spread evenly over all curves, gives each a turn of its own, so that not all fall due at one moment.
 */
export function isDue(at: number, now: number, most: number, phase: number): boolean {
  return now - at >= most || Math.floor(now / most + phase) !== Math.floor(at / most + phase);
}

/** Whether it has a word, does not grow, and has not risen onto new ground since. */
function isCalm({ judgement, highest }: Standing, value: number): boolean {
  if (judgement.pattern === undefined || judgement.pattern === 'growing') return false;
  return value <= highest + Math.max(LEAST_BYTES, highest * LEAST_SHARE);
}
