// What a rule would do with the present sample, as lines of text.
import { clean } from '../../text/clean.ts';
import { formatSize } from '../../text/format.ts';
import type { Row } from '../rows/row.ts';
import { comparisonsIn, holds } from './condition.ts';
import { processText } from './outcome.ts';
import { readingOf } from './readings.ts';
import { actsOnProcess, type Rule } from './rule.ts';
import { type Scene, victimOf } from './scene.ts';

/** Processes named in one line at most. */
const MOST_NAMED = 5;

export interface Preview {
  /** What the rule sees now, sentences. */
  readonly lines: readonly string[];
  /** Whether it would fire at once, apart from `for`. */
  readonly fires: boolean;
  /** What may be a mistake, though the rule is valid. */
  readonly warnings: readonly string[];
}

/** Judges a rule by one scene. */
export function preview(rule: Rule, scene: Scene): Preview {
  const { trigger } = rule;
  const { moment, rows, readings } = scene.facts;
  const matching =
    trigger.kind === 'process' ? rows.filter((row) => trigger.query.test?.(row, moment) === true) : undefined;
  const candidates = scene.candidates(rule, matching);
  const isHeld =
    trigger.kind === 'machine' ? holds(trigger.expression, readings(rule.cgroup)) : (matching?.length ?? 0) > 0;
  const hasTarget = candidates.length > 0 || !rule.ladder.some(({ step }) => actsOnProcess(step));
  const fires = trigger.kind !== 'schedule' && isHeld && hasTarget;
  const names = candidates.length === 0 ? 'no process' : namesOf(candidates);
  const on = rule.on === undefined && trigger.kind !== 'process' ? [] : [`May act on: ${names}.`];
  return {
    lines: [...numberLines(rule, scene), ...on],
    fires,
    warnings: [
      ...cgroupWarnings(rule, scene),
      ...(fires ? [`It would fire at once${candidates.length === 0 ? '' : ` on ${namesOf(candidates)}`}.`] : []),
    ],
  };
}

/** The numbers that the condition compares, as they are now. */
function numberLines({ trigger, cgroup }: Rule, scene: Scene): string[] {
  if (trigger.kind !== 'machine') return [];
  const readings = scene.facts.readings(cgroup);
  const ids = new Set(comparisonsIn(trigger.expression).map(({ column }) => column));
  const texts = [...ids].flatMap((id) => {
    const reading = readingOf(id);
    const value = reading?.value(readings);
    if (reading === undefined) return [];
    if (value === undefined) return [`${id} is not known`];
    const whole = reading.whole?.(readings);
    const percent = whole === undefined || whole === 0 ? '' : ` (${((value / whole) * 100).toFixed(1)}%)`;
    return [`${id} is ${numberText(reading.kind, value)}${percent}`];
  });
  return texts.length === 0 ? [] : [`Now ${texts.join(', ')}.`];
}

function numberText(kind: string, value: number): string {
  if (kind === 'bytes') return formatSize(value);
  return kind === 'percent' ? `${value.toFixed(1)}%` : `${Math.round(value / 1000)} s`;
}

function cgroupWarnings({ cgroup }: Rule, scene: Scene): string[] {
  if (cgroup === undefined) return [];
  if (scene.facts.readings(cgroup).available === undefined) {
    return [`Cgroup ${clean(cgroup)} is missing or has no memory limit now: the condition does not hold until it has.`];
  }
  const isEmpty = !scene.facts.rows.some((row) => scene.isMember(row, cgroup));
  return isEmpty ? [`Cgroup ${clean(cgroup)} has no processes now.`] : [];
}

function namesOf(rows: readonly Row[]): string {
  const named = rows.slice(0, MOST_NAMED).map((row) => `${processText(victimOf(row))} ${formatSize(row.process.rss)}`);
  const more = rows.length - named.length;
  return named.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
