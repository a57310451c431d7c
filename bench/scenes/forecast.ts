// Forecasts of generated and recorded runs: how often the range contained the true end, and false alarms.
import { join } from 'node:path';
import { isForetold, type RunScore, scoreRun } from '../forecast-score.ts';
import { type LimitRun, limitRunsOf } from '../limits.ts';
import { recordedRuns } from '../recorded-curves.ts';
import type { Result } from '../result.ts';
import { quantile } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

/** Not a seed that anything was tuned on. */
const SEED = 2026;
const OF_EACH = 20;

export async function forecast(bench: Workbench): Promise<Result[]> {
  return [
    ...resultsOf('generated', limitRunsOf(SEED, OF_EACH)),
    ...resultsOf('recorded', recordedRuns(join(bench.root, 'test/fixtures/curves'))),
  ];
}

function resultsOf(name: string, runs: readonly LimitRun[]): Result[] {
  const scores = runs.map(scoreRun);
  const hit = scores.filter((score) => score.hit);
  const spared = scores.filter((score) => !score.hit);
  const held = hit.filter(isForetold).length / hit.length;
  const widths = hit.flatMap((score) => score.widths);
  console.log(
    `\n${name}: ranges as wide as ${percent(quantile(widths, 0.5))} of their middle, nine in ten less than ${percent(quantile(widths, 0.9))}`,
  );
  console.log(linesOf(scores));
  const alarms = sum(spared, 'spoke') / sum(spared, 'moments');
  return [
    {
      what: `${name} runs that hit: range held from half-way on, always`,
      measured: `${percent(held)} of ${hit.length}`,
      against: '',
      budget: '>= 80%',
      isMet: held >= 0.8,
    },
    {
      what: `${name} runs that never hit: moments with a forecast`,
      measured: `${percent(alarms)}, in ${spared.filter(({ spoke }) => spoke > 0).length} of ${spared.length} runs`,
      against: '',
      budget: '<= 10%',
      isMet: alarms <= 0.1,
    },
  ];
}

/** A line for each kind of run. */
function linesOf(scores: readonly RunScore[]): string {
  return [...new Set(scores.map(({ kind }) => kind))]
    .map((kind) => {
      const own = scores.filter((score) => score.kind === kind);
      const [moments, spoke] = [sum(own, 'moments'), sum(own, 'spoke')];
      const held = own[0]?.hit
        ? `, held ${sum(own, 'held')}; foretold ${own.filter(isForetold).length} of ${own.length} runs`
        : '';
      return `  ${kind.padEnd(32)} of ${moments} moments, spoke ${spoke}${held}`;
    })
    .join('\n');
}

const sum = (scores: readonly RunScore[], what: 'moments' | 'spoke' | 'held') =>
  scores.reduce((total, score) => total + score[what], 0);
const percent = (fraction: number) => `${(fraction * 100).toFixed(1)}%`;
