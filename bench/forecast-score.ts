// Scores forecasts: for runs that reach the limit whether the range was right, for the others how often there was a forecast.

import { forecast } from '../src/model/growth/forecast.ts';
import type { Forecast } from '../src/model/growth/near-end.ts';
import { ChangeLog } from '../src/model/history/change-log.ts';
import { Slab } from '../src/model/history/slab.ts';
import type { LimitRun } from './limits.ts';

export interface RunScore {
  readonly kind: string;
  readonly hit: boolean;
  /** The moments scored: for a run that reached the limit its second half, for others all of it. */
  readonly moments: number;
  readonly spoke: number;
  /** The moments with a forecast whose range contained the true end. */
  readonly held: number;
  /** The widths of those ranges, each as a fraction of its middle. */
  readonly widths: readonly number[];
}

/** True when the run reached the limit, at least half of the moments had a forecast, and all their ranges were right. */
export function isForetold({ hit, moments, spoke, held }: RunScore): boolean {
  return hit && spoke * 2 >= moments && spoke === held;
}

/** The smallest range that is scored: one tick. */
const SLACK = 5000;
/** Maximum number of moments scored in a run. */
const QUESTIONS = 60;

/** Scores one run at up to 60 moments. */
export function scoreRun(run: LimitRun): RunScore {
  const slab = new Slab();
  const log = new ChangeLog();
  const end = run.points.at(-1)?.time ?? 0;
  const from = run.hitAt === undefined ? 60_000 : run.hitAt / 2;
  const every = (end - from) / QUESTIONS;
  const interval = (run.points[1]?.time ?? 0) - (run.points[0]?.time ?? 0);
  const score = { kind: run.kind, hit: run.hitAt !== undefined, moments: 0, spoke: 0, held: 0, widths: [] as number[] };
  let due = from;
  let last = Number.NaN;
  for (const { time, value } of run.points) {
    if (value !== last) log.append(slab, time, run.limit - value, 192);
    last = value;
    if (time < due || time >= (run.hitAt ?? Number.POSITIVE_INFINITY)) continue;
    due += every;
    const forecasted = forecast(log.read(slab, time, time - 15 * 60_000), { since: 0, now: time, interval });
    score.moments += 1;
    if (forecasted === undefined) continue;
    score.spoke += 1;
    score.widths.push((forecasted.latest - forecasted.soonest) / forecasted.middle);
    if (run.hitAt !== undefined && holds(forecasted, run.hitAt - time)) score.held += 1;
  }
  return score;
}

function holds({ soonest, latest }: Forecast, truth: number): boolean {
  return soonest <= truth + SLACK && truth <= latest + SLACK;
}
