// How full is how bad: the thresholds that colours go by.

/** 0 is calm; 1, 2 and 3 from 50, 70 and 90 percent on. */
export type Level = 0 | 1 | 2 | 3;

/** The level of a share between 0 and 1. */
export function levelOf(share: number): Level {
  if (share >= 0.9) return 3;
  if (share >= 0.7) return 2;
  return share >= 0.5 ? 1 : 0;
}
