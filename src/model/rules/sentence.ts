// A rule as one plain English sentence.
import { formatInterval } from '../../text/format.ts';
import type { Comparison, Expression, Operator } from '../query/expression.ts';
import { readingOf } from './readings.ts';
import type { Rule, RuleStep, Rung } from './rule.ts';

/** What the rule does, and when, as one sentence with its full stop. */
export function ruleSentence(rule: Rule): string {
  return `${capital(whenText(rule))}, ${ladderText(rule)}${limitsText(rule)}.`;
}

function whenText({ trigger, when, every, holds, cgroup }: Rule): string {
  const schedule = every === undefined ? '' : `every ${formatInterval(every)}`;
  if (trigger.kind === 'schedule') return schedule;
  const lasting = holds === 0 ? '' : ` for ${formatInterval(holds)}`;
  const where = cgroup === undefined ? '' : ` in cgroup ${cgroup}`;
  const condition =
    trigger.kind === 'machine'
      ? `${expressionText(trigger.expression)}${where}${lasting}`
      : `a process${where} matches "${when}"${lasting}`;
  return schedule === '' ? `when ${condition}` : `${schedule} while ${condition}`;
}

const OPERATOR_TEXT: Readonly<Record<Operator, string>> = {
  ...{ '=': 'is', '!=': 'is not', '<': 'is below', '<=': 'is at most', '>': 'is above', '>=': 'is at least' },
  ...{ '~': 'contains', '!~': 'does not contain' },
};

function expressionText(expression: Expression): string {
  switch (expression.kind) {
    case 'comparison':
      return comparisonSentence(expression);
    case 'not':
      return `not (${expressionText(expression.part)})`;
    case 'and':
    case 'or':
      return expression.parts
        .map((part) => (part.kind === 'or' ? `(${expressionText(part)})` : expressionText(part)))
        .join(` ${expression.kind} `);
    default:
      return '';
  }
}

function comparisonSentence({ column, operator, values }: Comparison): string {
  const reading = readingOf(column);
  const texts = values.map((value) => (value.kind === 'text' ? value.text : ''));
  const unit = reading?.kind === 'percent' && !texts[0]?.endsWith('%') ? '%' : '';
  return `${reading?.phrase ?? column} ${OPERATOR_TEXT[operator]} ${texts.map((text) => text + unit).join(' or ')}`;
}

function ladderText(rule: Rule): string {
  const target = targetText(rule);
  return rule.ladder.map((rung, index) => rungText(rung, index, target)).join('; ');
}

function rungText({ step, after }: Rung, index: number, target: string): string {
  const wait = index === 0 ? '' : after === 0 ? 'then ' : `${formatInterval(after)} later `;
  return `${wait}${stepPhrase(step, index === 0 ? target : 'it')}`;
}

function stepPhrase(step: RuleStep, target: string): string {
  switch (step.kind) {
    case 'warn':
      return target === '' ? 'warn' : `warn of ${target}`;
    case 'exec':
      return `run ${step.words[0]}`;
    case 'collect':
      return `collect garbage in ${target}`;
    case 'signal':
      return `send SIG${step.signal} to ${target}`;
  }
}

const PICK_TEXT: Readonly<Record<Rule['pick'], string>> = {
  largest: 'the largest process',
  growing: 'the fastest growing process',
  newest: 'the newest process',
  all: 'each process in turn, the largest first,',
};

function targetText({ on, pick, trigger, tree }: Rule): string {
  if (on === undefined && trigger.kind !== 'process') return '';
  const which = on === undefined ? PICK_TEXT[pick] : `${PICK_TEXT[pick]} that matches "${on.text}"`;
  return tree ? `${which} and its descendants` : which;
}

function limitsText({ cooldown, most, protect, dryRun }: Rule): string {
  const limits = [
    ...(most === undefined ? [] : [`at most ${most.times} times in ${formatInterval(most.within)}`]),
    ...(cooldown === undefined ? [] : [`at least ${formatInterval(cooldown)} apart`]),
    ...(protect.length === 0 ? [] : [`never on ${protect.map(({ text }) => `"${text}"`).join(' or ')}`]),
    ...(dryRun ? ['as a dry run that changes nothing'] : []),
  ];
  return limits.map((limit) => `, ${limit}`).join('');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
