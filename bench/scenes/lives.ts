// Programs of 44 kinds: whether a limit is forecast in time, and how often an alarm or a growth pattern is wrong.
import { livesOf } from '../lives/lives.ts';
import { type LifeScore, scoreLife } from '../lives/score.ts';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';

/** The seed that the rules were tuned on. */
const TUNING = 7;
/** After changing a rule, check it against this seed once, when the rule is done, and take another seed next time. */
const UNSEEN = 314_159;
const OF_EACH = 25;

const STARTS = [
  'program that starts',
  'program that starts in stages',
  'program that starts ever more slowly',
  'program that starts under garbage',
];
const JOBS = ['job of seconds'];

export async function lives(): Promise<Result[]> {
  return resultsOf('tuning', livesOf(TUNING, OF_EACH).map(scoreLife));
}

export async function unseen(): Promise<Result[]> {
  return resultsOf('unseen', livesOf(UNSEEN, OF_EACH).map(scoreLife));
}

/** The scores: on which lives, and whether the goal is a minimum or a maximum. */
interface Goal {
  readonly what: string;
  readonly fraction: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

function resultsOf(name: string, scores: readonly LifeScore[]): Result[] {
  console.log(`\n${name}\n${linesOf(scores)}`);
  return goalsOf(scores).map(({ what, fraction, atLeast, atMost }) => ({
    what: `${name} lives: ${what}`,
    measured: percent(fraction),
    against: '',
    budget: atLeast === undefined ? `<= ${percent(atMost ?? 0)}` : `>= ${percent(atLeast)}`,
    isMet: atLeast === undefined ? fraction <= (atMost ?? 0) : fraction >= atLeast,
  }));
}

function goalsOf(scores: readonly LifeScore[]): Goal[] {
  const hit = scores.filter(({ hits }) => hits);
  const short = hit.filter(({ length }) => length < 120);
  const spared = scores.filter(({ hits }) => !hits);
  const judged = scores.filter(({ isRight }) => isRight !== undefined);
  const off = median(hit.map(({ after30 }) => after30?.off).filter((one) => one !== undefined));
  return [
    { what: 'right word at the end', fraction: fractionOf(judged, ({ isRight }) => isRight === true), atLeast: 0.99 },
    { what: 'moments falsely growing', fraction: sum(spared, 'falselyGrowing') / sum(spared, 'moments'), atMost: 0.01 },
    { what: 'that hit, with a useful forecast', fraction: fractionOf(hit, ({ isUseful }) => isUseful), atLeast: 0.95 },
    { what: 'that hit within 2 min, the same', fraction: fractionOf(short, ({ isUseful }) => isUseful), atLeast: 0.98 },
    { what: 'moments whose range held', fraction: sum(hit, 'held') / sum(hit, 'knowable'), atLeast: 0.95 },
    { what: 'moments at rest with a forecast', fraction: sum(spared, 'late') / sum(spared, 'moments'), atMost: 0.001 },
    { what: 'program starts with a forecast', fraction: alarmed(spared, STARTS), atMost: 0.15 },
    { what: 'jobs of seconds with a forecast', fraction: alarmed(spared, JOBS), atMost: 0.1 },
    { what: 'forecasts that jump by a fifth', fraction: sum(scores, 'jumps') / sum(scores, 'pairs'), atMost: 0.01 },
    { what: 'growth 30 s after a leak began, off by', fraction: off, atMost: 0.1 },
  ];
}

const fractionOf = (scores: readonly LifeScore[], is: (score: LifeScore) => boolean) =>
  scores.filter(is).length / scores.length;
const alarmed = (scores: readonly LifeScore[], kinds: readonly string[]) =>
  fractionOf(
    scores.filter(({ kind }) => kinds.includes(kind)),
    ({ spoke }) => spoke > 0,
  );

/** A line for each kind of life. */
function linesOf(scores: readonly LifeScore[]): string {
  return [...new Set(scores.map(({ kind }) => kind))]
    .map((kind) => {
      const own = scores.filter((score) => score.kind === kind);
      const rated = own.filter(({ isRight }) => isRight !== undefined);
      const first = median(own.map(({ firstAt }) => firstAt ?? Number.POSITIVE_INFINITY));
      const summary = `spoke ${own.filter(({ spoke }) => spoke > 0).length} of ${own.length}, right word ${rated.filter(({ isRight }) => isRight).length} of ${rated.length}`;
      const rest = own[0]?.hits
        ? `useful ${own.filter(({ isUseful }) => isUseful).length}, held ${percent(sum(own, 'held') / sum(own, 'knowable'))}, first after ${first.toFixed(0)} s, jumps ${sum(own, 'jumps')} of ${sum(own, 'pairs')}`
        : `late ${sum(own, 'late')}, falsely growing ${sum(own, 'falselyGrowing')} of ${sum(own, 'moments')}`;
      return `  ${kind.padEnd(36)} ${summary}, ${rest}`;
    })
    .join('\n');
}

const sum = (
  scores: readonly LifeScore[],
  what: 'spoke' | 'knowable' | 'held' | 'late' | 'moments' | 'pairs' | 'jumps' | 'falselyGrowing',
) => scores.reduce((total, score) => total + score[what], 0);
const percent = (fraction: number) => `${(fraction * 100).toFixed(1)}%`;
