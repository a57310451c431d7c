// How good forecasts were: of runs that hit a limit whether the range held, of the others how often one was made.

import { forecast } from '../src/model/growth/forecast.ts';
import type { Forecast } from '../src/model/growth/near-end.ts';
import { ChangeLog } from '../src/model/history/change-log.ts';
import { Slab } from '../src/model/history/slab.ts';
import type { LimitRun } from './limits.ts';

export interface RunScore {
  readonly kind: string;
  readonly hit: boolean;
  /** Moments asked at: of a run that hit from half-way on, of others all along. */
  readonly asked: number;
  readonly spoke: number;
  /** Of those in which it spoke, the ones in which the range held the true moment. */
  readonly held: number;
  /** How wide those ranges were, each as a share of its middle. */
  readonly widths: readonly number[];
}

/** True when the run hit, it was foretold in at least half of the moments from half-way on, and the range held in all of them. */
export function isForetold({ hit, asked, spoke, held }: RunScore): boolean {
  return hit && spoke * 2 >= asked && spoke === held;
}

/** The smallest range that is scored: one tick. */
const SLACK = 5000;
/** No more questions than this a run. */
const QUESTIONS = 60;

/** Scores one run, asked at up to 60 moments. */
export function scoreRun(run: LimitRun): RunScore {
  const slab = new Slab();
  const log = new ChangeLog();
  const end = run.points.at(-1)?.time ?? 0;
  const from = run.hitAt === undefined ? 60_000 : run.hitAt / 2;
  const every = (end - from) / QUESTIONS;
  const interval = (run.points[1]?.time ?? 0) - (run.points[0]?.time ?? 0);
  const score = { kind: run.kind, hit: run.hitAt !== undefined, asked: 0, spoke: 0, held: 0, widths: [] as number[] };
  let due = from;
  let last = Number.NaN;
  for (const { time, value } of run.points) {
    if (value !== last) log.append(slab, time, run.limit - value, 192);
    last = value;
    if (time < due || time >= (run.hitAt ?? Number.POSITIVE_INFINITY)) continue;
    due += every;
    const told = forecast(log.read(slab, time, time - 15 * 60_000), { since: 0, now: time, interval });
    score.asked += 1;
    if (told === undefined) continue;
    score.spoke += 1;
    score.widths.push((told.latest - told.soonest) / told.middle);
    if (run.hitAt !== undefined && holds(told, run.hitAt - time)) score.held += 1;
  }
  return score;
}

function holds({ soonest, latest }: Forecast, truth: number): boolean {
  return soonest <= truth + SLACK && truth <= latest + SLACK;
}
