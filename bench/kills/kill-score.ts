// Scores the forecasts of real programs that were killed at their limit: a table, and the number of useful forecasts.
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
  /** The last forecast that left time to act: how long before the end it was made, and the seconds it said were left. */
  readonly deciding?: { readonly before: number; readonly said: number };
  readonly isUseful: boolean;
  /** The fraction of the forecasts whose range contained the true end. */
  readonly spoke: number;
  readonly held: number;
}

/** Time to act, in seconds: this, or this fraction of the life where that is less. */
const TIME_TO_ACT = 10;
const FRACTION_TO_ACT = 0.2;
const OFF_AT_MOST = 0.5;
/** A range may be off by the interval. */
const SLACK = 1;

export function scoreKill(
  run: Pick<KillRun, 'program' | 'began' | 'ended' | 'isKilled' | 'said' | 'readings'>,
): KillScore {
  const life = (run.ended - run.began) / 1000;
  const lead = Math.min(TIME_TO_ACT, life * FRACTION_TO_ACT);
  const before = (at: number) => (run.ended - at) / 1000;
  const said = run.said.map(({ at, end }) => ({ before: before(at), said: (end - at) / 1000 }));
  const deciding = said.findLast((one) => one.before >= lead);
  const judges = new Judges();
  const answers = run.readings.flatMap((reading) => judges.take(reading) ?? []);
  const ranges = answers.flatMap(({ t, forecast }) =>
    forecast === undefined ? [] : [{ left: before(t * 1000), forecast }],
  );
  const word = answers.find(({ pattern }) => pattern === 'growing');
  const [first] = said;
  return {
    ...{ name: run.program.name, life, isKilled: run.isKilled },
    ...(first && { firstBefore: first.before }),
    ...(word && { wordBefore: before(word.t * 1000) }),
    ...(deciding && { deciding }),
    isUseful: deciding !== undefined && Math.abs(deciding.said - deciding.before) <= OFF_AT_MOST * deciding.before,
    spoke: ranges.length,
    held: ranges.filter(({ left, forecast: [soonest, , latest] }) => soonest - SLACK <= left && left <= latest + SLACK)
      .length,
  };
}

/** For docs/growth.md. */
export function killTable(scores: readonly KillScore[]): string {
  return [
    '| program | killed after | word before the end | first forecast before | last in time: said / was | useful | range held |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...scores.map((score) => {
      const { name, life, wordBefore, firstBefore, deciding, isUseful, held, spoke } = score;
      const last = deciding === undefined ? 'none' : `${seconds(deciding.said)} / ${seconds(deciding.before)}`;
      const range = `${held} of ${spoke}`;
      return `| ${[name, seconds(life), seconds(wordBefore), seconds(firstBefore), last, isUseful ? 'yes' : '**no**', range].join(' | ')} |`;
    }),
  ].join('\n');
}

const seconds = (value: number | undefined) =>
  value === undefined ? 'none' : `${value.toFixed(value < 10 ? 1 : 0)} s`;
