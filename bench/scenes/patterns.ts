// The growth patterns judged on generated curves: the confusion matrix, and how often "growing" was wrong.
import { curvesOf } from '../curves.ts';
import { falseGrowing, formatMatrix, matrixOf, rightFraction } from '../pattern-score.ts';
import type { Result } from '../result.ts';

/** Not a seed that anything was tuned on. */
const SEED = 2026;
const OF_EACH = 40;

export async function patterns(): Promise<Result[]> {
  const curves = curvesOf(SEED, OF_EACH);
  const matrix = matrixOf(curves);
  console.log(`\n${curves.length} generated curves\n${formatMatrix(matrix)}`);
  const wrong = falseGrowing(matrix);
  const right = rightFraction(matrix);
  return [
    { what: 'called growing and is not', measured: percent(wrong), against: '', budget: '< 2%', isMet: wrong < 0.02 },
    {
      what: 'patterns recognized',
      measured: percent(right),
      against: '',
      budget: '>= 90%',
      isMet: right >= 0.9,
    },
  ];
}

const percent = (fraction: number) => `${(fraction * 100).toFixed(1)}%`;
