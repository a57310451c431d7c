// The words for shapes on generated curves: the confusion matrix, and how often "growing" was said of what does not grow.
import { curvesOf } from '../curves.ts';
import type { Result } from '../result.ts';
import { falseGrowing, formatMatrix, matrixOf, rightShare } from '../shape-score.ts';

/** Not a seed that anything was tuned on. */
const SEED = 2026;
const OF_EACH = 40;

export async function shapes(): Promise<Result[]> {
  const curves = curvesOf(SEED, OF_EACH);
  const matrix = matrixOf(curves);
  console.log(`\n${curves.length} generated curves\n${formatMatrix(matrix)}`);
  const wrong = falseGrowing(matrix);
  const right = rightShare(matrix);
  return [
    { what: 'called growing and is not', measured: percent(wrong), against: '', budget: '< 2 %', isMet: wrong < 0.02 },
    {
      what: 'shapes called by their word',
      measured: percent(right),
      against: '',
      budget: '>= 90 %',
      isMet: right >= 0.9,
    },
  ];
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
