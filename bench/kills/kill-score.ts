// Scores the forecasts of real programs that were killed at their limit: a table, and the number of useful forecasts.
import { isFull } from '../../src/model/rows/watched-limit.ts';
import { headroomBelow } from '../../src/model/snapshot/cgroup-memory.ts';
import { Judges } from '../judge/judged.ts';
import type { KillRun } from './kill-run.ts';

/** Seconds, and fractions. */
export interface KillScore {
  readonly name: string;
  readonly life: number;
  readonly isKilled: boolean;
  /** The first forecast and the word: seconds before the end. */
  readonly firstBefore?: number;
  readonly wordBefore?: number;
  /** How long it lived when nothing was left below its limit any more. */
  readonly fullFor: number;
  /** The last forecast that left time to act before the kill, and before its limit was reached. */
  readonly kill: Deciding;
  readonly limit: Deciding;
  /** The fraction of the forecasts whose range contained the true end. */
  readonly spoke: number;
  readonly held: number;
}

/** How long before the end the forecast was made, and the seconds that were left by it; absent where none was made in time. */
interface Deciding {
  readonly last?: { readonly before: number; readonly remaining: number };
  readonly isUseful: boolean;
}

/** Time to act, in seconds: this, or this fraction of the life where that is less. */
const TIME_TO_ACT = 10;
const FRACTION_TO_ACT = 0.2;
const OFF_AT_MOST = 0.5;
/** A range may be off by the interval. */
const SLACK = 1;

export function scoreKill(
  run: Pick<KillRun, 'program' | 'began' | 'ended' | 'isKilled' | 'forecasts' | 'readings'>,
): KillScore {
  const life = (run.ended - run.began) / 1000;
  const lead = Math.min(TIME_TO_ACT, life * FRACTION_TO_ACT);
  const before = (at: number) => (run.ended - at) / 1000;
  const forecasts = run.forecasts.map(({ at, end }) => ({ before: before(at), remaining: (end - at) / 1000 }));
  const fullAt = run.readings.find(
    ({ cgroup }) => cgroup && isFull({ path: '', ...cgroup }, headroomBelow({ path: '', ...cgroup })),
  )?.t;
  const fullFor = fullAt === undefined ? 0 : Math.max(0, before(fullAt * 1000));
  const judges = new Judges();
  const answers = run.readings.flatMap((reading) => judges.take(reading) ?? []);
  const ranges = answers.flatMap(({ t, forecast }) =>
    forecast === undefined ? [] : [{ left: before(t * 1000), forecast }],
  );
  const word = answers.find(({ pattern }) => pattern === 'growing');
  const [first] = forecasts;
  return {
    ...{ name: run.program.name, life, isKilled: run.isKilled },
    ...(first && { firstBefore: first.before }),
    ...(word && { wordBefore: before(word.t * 1000) }),
    fullFor,
    kill: decidingOf(forecasts, lead),
    limit: decidingOf(
      forecasts.map((one) => ({ ...one, before: one.before - fullFor })),
      lead,
    ),
    spoke: ranges.length,
    held: ranges.filter(({ left, forecast: [soonest, , latest] }) => soonest - SLACK <= left && left <= latest + SLACK)
      .length,
  };
}

function decidingOf(
  forecasts: readonly { readonly before: number; readonly remaining: number }[],
  lead: number,
): Deciding {
  const last = forecasts.findLast(({ before }) => before >= lead);
  const isUseful = last !== undefined && Math.abs(last.remaining - last.before) <= OFF_AT_MOST * last.before;
  return { ...(last && { last }), isUseful };
}

/** For docs/growth.md. */
export function killTable(scores: readonly KillScore[]): string {
  return [
    '| program | killed after | word before the end | first forecast before | last in time: forecast / actual | useful | at its limit for | of the limit: forecast / actual | useful | range held |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...scores.map((score) => {
      const { name, life, wordBefore, firstBefore, fullFor, kill, limit, held, spoke } = score;
      const times = [life, wordBefore, firstBefore].map(seconds);
      return `| ${[name, ...times, ...cellsOf(kill), seconds(fullFor), ...cellsOf(limit), `${held} of ${spoke}`].join(' | ')} |`;
    }),
  ].join('\n');
}

const cellsOf = ({ last, isUseful }: Deciding) => [
  last === undefined ? 'none' : `${seconds(last.remaining)} / ${seconds(last.before)}`,
  isUseful ? 'yes' : '**no**',
];

const seconds = (value: number | undefined) =>
  value === undefined ? 'none' : `${value.toFixed(value < 10 ? 1 : 0)} s`;
