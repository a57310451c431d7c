// How long a judgement stays valid: longer for a longer history, shorter for a value that grows.

import { existing } from '../../numbers/existing.ts';
import type { Judgement } from './growth.ts';
import type { Observed, Readings } from './readings.ts';

/** A judgement, when it was made, in milliseconds, and up to which value it stays calm, in bytes. */
export interface Standing {
  readonly judgement: Judgement;
  readonly at: number;
  /** Values up to this are not a new high. Undefined for a value that grows or has no pattern: it is never calm. */
  readonly calmUpTo: number | undefined;
}

/** A judgement is valid for this many milliseconds, or this fraction of its history if that is less. */
interface Span {
  readonly most: number;
  readonly fraction: number;
}
/** The same for a value that has a pattern and does not grow. */
const CALM: Span = { most: 15_000, fraction: 1 / 20 };
const LIVELY: Span = { most: 4000, fraction: 1 / 60 };
/** New ground above the highest value before: more than this many bytes, and this fraction of it. */
const LEAST_BYTES = 2 ** 20;
const LEAST_FRACTION = 0.02;

/** The highest of the readings, from which new ground begins. To be called before they are modified. */
export function highestReading({ values, count }: Readings): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count; index += 1) {
    const value = existing(values[index]);
    if (value > highest) highest = value;
  }
  return highest;
}

/** A judgement that was made at the moment `at` of readings of which the highest was `highest`. */
export function standingOf(judgement: Judgement, at: number, highest: number): Standing {
  const isLively = judgement.pattern === undefined || judgement.pattern === 'growing';
  return { judgement, at, calmUpTo: isLively ? undefined : highest + Math.max(LEAST_BYTES, highest * LEAST_FRACTION) };
}

/** Whether it is still valid, now that the value is `value`; `phase` is that of the curve. */
export function stands(
  standing: Standing,
  value: number,
  { since, now }: Omit<Observed, 'interval'>,
  phase: number,
): boolean {
  const { at, calmUpTo } = standing;
  const { most, fraction } = calmUpTo !== undefined && value <= calmUpTo ? CALM : LIVELY;
  return now - at < (now - since) * fraction && !isDue(at, now, most, phase);
}

/**
 * Whether what was made at the moment `at` is older than `most` milliseconds, or its turn has come. `phase`, from 0 to 1,
 * spread evenly over all curves, gives each a turn of its own, so that not all fall due at one moment.
 */
export function isDue(at: number, now: number, most: number, phase: number): boolean {
  return now - at >= most || Math.floor(now / most + phase) !== Math.floor(at / most + phase);
}
