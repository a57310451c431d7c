// The severity of memory use: the only place that compares with the thresholds.
import { THRESHOLDS, type Thresholds } from './appearance.ts';

/** 0 below all thresholds; 1, 2 and 3 from the first, second and third on. */
export type Level = 0 | 1 | 2 | 3;

/** The severity of a fraction from 0 to 1. */
export function levelOf(fraction: number, { fine, tight, short }: Thresholds = THRESHOLDS): Level {
  const percent = fraction * 100;
  if (percent >= short) return 3;
  if (percent >= tight) return 2;
  return percent >= fine ? 1 : 0;
}
