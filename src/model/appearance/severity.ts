// How full is how bad: the one place that thresholds are compared in.
import { THRESHOLDS, type Thresholds } from './appearance.ts';

/** 0 is calm; 1, 2 and 3 from the three thresholds on. */
export type Level = 0 | 1 | 2 | 3;

/** The level of a share between 0 and 1. */
export function levelOf(share: number, { fine, tight, short }: Thresholds = THRESHOLDS): Level {
  const percent = share * 100;
  if (percent >= short) return 3;
  if (percent >= tight) return 2;
  return percent >= fine ? 1 : 0;
}
