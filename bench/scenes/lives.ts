// Short lives: whether a limit that is reached within seconds is forecast in time, and how often there is a false alarm.
import { livesOf } from '../lives/lives.ts';
import { type LifeScore, scoreLife } from '../lives/score.ts';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';

/** The first was used for tuning, the second never. */
const SEEDS = { tuning: 7, unseen: 20_261 } as const;
const OF_EACH = 30;
/** What is alarmed about while it loads, and rests soon. */
const STARTS = ['program that starts', 'job of seconds'];

export async function lives(): Promise<Result[]> {
  return Object.entries(SEEDS).flatMap(([name, seed]) => resultsOf(name, livesOf(seed, OF_EACH).map(scoreLife)));
}

function resultsOf(name: string, scores: readonly LifeScore[]): Result[] {
  console.log(`\n${name}\n${linesOf(scores)}`);
  const hit = scores.filter(({ hits }) => hits);
  const spared = scores.filter(({ hits }) => !hits);
  const starts = spared.filter(({ kind }) => STARTS.includes(kind));
  const result = (what: string, share: number, budget: string, isMet: boolean) => ({
    what: `${name} lives: ${what}`,
    measured: percent(share),
    against: '',
    budget,
    isMet,
  });
  const useful = hit.filter(({ isUseful }) => isUseful).length / hit.length;
  const held = sum(hit, 'held') / sum(hit, 'spoke');
  const late = sum(spared, 'late') / sum(spared, 'moments');
  const alarmed = starts.filter(({ spoke }) => spoke > 0).length / starts.length;
  const jumps = sum(hit, 'jumps') / sum(hit, 'pairs');
  const off = median(hit.map(({ after30 }) => after30?.off).filter((one) => one !== undefined));
  return [
    result('that hit, with a useful forecast', useful, '>= 90 %', useful >= 0.9),
    result('moments whose range held', held, '>= 90 %', held >= 0.9),
    result('moments at rest with a forecast', late, '<= 1 %', late <= 0.01),
    result('starts and jobs with a forecast', alarmed, '<= 30 %', alarmed <= 0.3),
    result('growth 30 s after a leak began, off by', off, '<= 10 %', off <= 0.1),
    result('forecasts that jump by a fifth', jumps, '<= 3 %', jumps <= 0.03),
  ];
}

/** A line for each kind of life. */
function linesOf(scores: readonly LifeScore[]): string {
  return [...new Set(scores.map(({ kind }) => kind))]
    .map((kind) => {
      const own = scores.filter((score) => score.kind === kind);
      const first = median(own.map(({ firstAt }) => firstAt ?? Number.POSITIVE_INFINITY));
      const told = `spoke ${own.filter(({ spoke }) => spoke > 0).length} of ${own.length}`;
      const rest = own[0]?.hits
        ? `useful ${own.filter(({ isUseful }) => isUseful).length}, held ${percent(sum(own, 'held') / sum(own, 'spoke'))}, first after ${first.toFixed(0)} s, jumps ${sum(own, 'jumps')} of ${sum(own, 'pairs')}`
        : `late ${sum(own, 'late')}, falsely growing ${sum(own, 'falselyGrowing')} of ${sum(own, 'moments')}`;
      return `  ${kind.padEnd(32)} ${told}, ${rest}`;
    })
    .join('\n');
}

const sum = (
  scores: readonly LifeScore[],
  what: 'spoke' | 'held' | 'late' | 'moments' | 'pairs' | 'jumps' | 'falselyGrowing',
) => scores.reduce((total, score) => total + score[what], 0);
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
