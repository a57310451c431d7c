// Scores the judgements of short lives: the model is asked at every reading, as the screen does.
import { type Judged, Judges } from '../judge/judged.ts';
import type { Life } from './life.ts';

export interface LifeScore {
  readonly kind: string;
  readonly hits: boolean;
  /** Seconds until it reached the limit, or ended. */
  readonly length: number;
  /** Whether the growth pattern at its end is right; absent where it is not scored. */
  readonly isRight?: boolean;
  /** For a life that reached the limit: whether the last forecast with time left to act was off by at most half. */
  readonly isUseful: boolean;
  /** Seconds from the first reading, or from the end of a calm, to the first forecast; undefined without one. */
  readonly firstAt: number | undefined;
  readonly moments: number;
  readonly spoke: number;
  /** The moments with a forecast in which the end could be predicted. */
  readonly knowable: number;
  /** How many of their ranges contained the true end, and how many moments had a forecast when nothing rose any more. */
  readonly held: number;
  readonly late: number;
  /** The pairs of consecutive readings with a forecast between which the forecast end moved by a fifth. */
  readonly pairs: number;
  readonly jumps: number;
  /** The moments called growing although nothing rises any more. */
  readonly falselyGrowing: number;
  /** Half a minute after a leak began: the relative error of the growth, and whether it is called growing. */
  readonly after30?: { readonly off: number; readonly isGrowing: boolean };
}

/** Time to act, in seconds: this, or this fraction of the life where that is less. */
const TIME_TO_ACT = 10;
const FRACTION_TO_ACT = 0.2;
const OFF_AT_MOST = 0.5;
const JUMP = 0.2;
/** After N intervals at rest a forecast, or the pattern growing, is out of date. */
const GRACE = 5;

/** Scores one life. */
export function scoreLife(life: Life): LifeScore {
  const answers = answersOf(life);
  const hit = life.hitAt === undefined ? undefined : life.hitAt / 1000;
  const spoken = answers.filter(({ forecast }) => forecast !== undefined);
  const knowable = spoken.filter(({ t }) => t * 1000 >= (life.knownFrom ?? 0));
  const rests = (life.restsAt + GRACE * life.interval) / 1000;
  const lead = hit === undefined ? 0 : Math.min(TIME_TO_ACT, hit * FRACTION_TO_ACT);
  const deciding = hit === undefined ? undefined : spoken.findLast(({ t }) => hit - t >= lead);
  const pairs = pairsOf(answers);
  const after30 = after30Of(life, answers);
  return {
    ...(after30 && { after30 }),
    ...(life.words && { isRight: life.words.some((word) => word === answers.at(-1)?.pattern) }),
    kind: life.kind,
    length: hit ?? (life.points.at(-1)?.time ?? 0) / 1000,
    hits: hit !== undefined,
    isUseful: deciding !== undefined && hit !== undefined && offOf(deciding, hit) <= OFF_AT_MOST,
    firstAt: spoken[0]?.t,
    moments: answers.length,
    spoke: spoken.length,
    knowable: knowable.length,
    held: hit === undefined ? 0 : knowable.filter((answer) => holds(answer, hit, life.interval / 1000)).length,
    late: hit === undefined && life.swings !== true ? spoken.filter(({ t }) => t > rests).length : 0,
    pairs: pairs.length,
    jumps: pairs.filter((moved) => moved > JUMP).length,
    falselyGrowing:
      hit === undefined ? answers.filter(({ t, pattern }) => t > rests && pattern === 'growing').length : 0,
  };
}

function after30Of({ leak }: Life, answers: readonly Judged[]): LifeScore['after30'] {
  const answer = leak && answers.find(({ t }) => t * 1000 >= leak.from + 30_000);
  if (leak === undefined || answer === undefined) return undefined;
  return { off: Math.abs((answer.growth ?? 0) / leak.pace - 1), isGrowing: answer.pattern === 'growing' };
}

/** The judgement at every reading before the end, of a process alone in a cgroup. */
export function answersOf({ kind, limit, hitAt, interval, points, cached }: Life): Judged[] {
  const judges = new Judges();
  return points
    .filter(({ time }) => time < (hitAt ?? Number.POSITIVE_INFINITY))
    .map(({ time, value }, index) =>
      judges.take({
        id: kind,
        t: time / 1000,
        interval: interval / 1000,
        rss: value,
        cgroup: { limit, charged: value + (cached?.[index] ?? 0), unreclaimable: value },
        ask: true,
      }),
    )
    .filter((answer) => answer !== undefined);
}

const middleOf = ({ forecast }: Judged) => forecast?.[1] ?? Number.NaN;
const offOf = (answer: Judged, hit: number) => Math.abs(middleOf(answer) - (hit - answer.t)) / (hit - answer.t);

function holds({ t, forecast }: Judged, hit: number, slack: number): boolean {
  return forecast !== undefined && forecast[0] - slack <= hit - t && hit - t <= forecast[2] + slack;
}

/** By how much the forecast end moved from each reading to the next, as a fraction of the time left. */
function pairsOf(answers: readonly Judged[]): number[] {
  const moved: number[] = [];
  for (let index = 1; index < answers.length; index += 1) {
    const [before, after] = [answers[index - 1] as Judged, answers[index] as Judged];
    if (before.forecast === undefined || after.forecast === undefined) continue;
    const expected = Math.max(1, middleOf(before) - (after.t - before.t));
    moved.push(Math.abs(middleOf(after) - expected) / expected);
  }
  return moved;
}
