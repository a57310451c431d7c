// Whether the condition of a rule on numbers of the machine holds.
import type { Comparison, Expression, Operator } from '../query/expression.ts';
import { readMeasure, readPercentage } from '../query/values.ts';
import { type RuleMeasure, type RuleReadings, readingOf } from './readings.ts';
import type { Rule } from './rule.ts';

/**
 * Whether it holds; an unknown number meets no comparison. `slack` is a fraction by which every limit is moved so that
 * the condition holds longer: with 0.05, `available < 100M` holds up to 105M.
 */
export function holds(expression: Expression, readings: RuleReadings, slack = 0): boolean {
  switch (expression.kind) {
    case 'comparison':
      return meets(expression, readings, slack);
    case 'not':
      return !holds(expression.part, readings, -slack);
    case 'and':
      return expression.parts.every((part) => holds(part, readings, slack));
    case 'or':
      return expression.parts.some((part) => holds(part, readings, slack));
    default:
      return false;
  }
}

/** Whether the condition of any of these rules on numbers of the machine holds, or is about to. */
export function holdsAny(
  rules: readonly Rule[],
  readings: (cgroup: string | undefined) => RuleReadings,
  slack: number,
): boolean {
  return rules.some(
    ({ trigger, cgroup }) => trigger.kind === 'machine' && holds(trigger.expression, readings(cgroup), slack),
  );
}

/** A value of a comparison with a reading, in the reading's own unit. Undefined where its whole is unknown. */
export function boundOf(reading: RuleMeasure, text: string, readings: RuleReadings): number | undefined {
  const percentage = reading.whole === undefined ? undefined : readPercentage(text);
  if (percentage === undefined) return readMeasure(reading.kind, text);
  const whole = reading.whole?.(readings);
  return whole === undefined ? undefined : (whole * percentage) / 100;
}

function meets({ column, operator, values }: Comparison, readings: RuleReadings, slack: number): boolean {
  const reading = readingOf(column);
  const value = reading?.value(readings);
  if (reading === undefined || value === undefined) return false;
  const isPercentageOfNothing = reading.whole?.(readings) === 0;
  const tests = values.map((each) => {
    const text = each.kind === 'text' ? each.text : '';
    // Without swap all of it is used: 0% are free.
    if (isPercentageOfNothing && readPercentage(text) !== undefined)
      return COMPARE[operator](0, readPercentage(text) ?? 0);
    const bound = boundOf(reading, text, readings);
    return bound !== undefined && COMPARE[operator](value, moved(bound, operator, slack));
  });
  return operator === '!=' ? tests.every(Boolean) : tests.some(Boolean);
}

function moved(bound: number, operator: Operator, slack: number): number {
  if (operator.startsWith('<')) return bound * (1 + slack);
  return operator.startsWith('>') ? bound * (1 - slack) : bound;
}

const COMPARE: Readonly<Record<Operator, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '!=': (value, bound) => value !== bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '~': () => false,
  '!~': () => false,
};

/** Every comparison in a condition. */
export function comparisonsIn(expression: Expression): Comparison[] {
  if (expression.kind === 'comparison') return [expression];
  if (expression.kind === 'not') return comparisonsIn(expression.part);
  return expression.kind === 'and' || expression.kind === 'or' ? expression.parts.flatMap(comparisonsIn) : [];
}
