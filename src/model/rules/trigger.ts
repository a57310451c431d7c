// The condition of a rule, read from its text: about processes, or about the machine.
import { UserError } from '../../errors/user-error.ts';
import { nearest } from '../../text/did-you-mean.ts';
import type { Column } from '../columns/column.ts';
import type { Comparison, Complaint, Expression } from '../query/expression.ts';
import { parseQuery } from '../query/parser.ts';
import { type Query, readQuery } from '../query/query.ts';
import type { Regexes } from '../query/regexes.ts';
import type { Vocabulary } from '../query/vocabulary.ts';
import { comparisonsIn } from './condition.ts';
import { conditionNames, FIXED_TEXTS, rangedTerm } from './names.ts';
import { comparisonText, neverIn } from './never.ts';
import { readingOf } from './readings.ts';
import type { Trigger } from './rule.ts';

/** What reading a rule needs besides its text. */
export interface RuleMeans {
  readonly processes: Vocabulary<Column>;
  /** The engine for patterns; undefined while none was needed. */
  readonly regexes: Regexes | undefined;
}

/** Thrown where a rule has a pattern and the engine for patterns is not loaded. */
export class PatternsNeeded extends Error {}

/**
 * The trigger of a condition. `hasOn`: the rule has `on`, and so a condition with nothing but `eta` is about the machine.
 *
 * @throws UserError when it is not valid or can never be true
 */
export function readTrigger(text: string, hasOn: boolean, means: RuleMeans): Trigger {
  const { processes, regexes } = means;
  const names = conditionNames(processes);
  const parsed = parseQuery(text, names);
  if ('complaint' in parsed) throw mistakenQuery('condition', text, parsed.complaint);
  const { expression } = parsed;
  if (expression === undefined) throw new UserError('The condition is empty.', EXAMPLE);
  const compared = comparisonsIn(expression);
  for (const comparison of compared) checkValues(comparison, names);
  const never = neverIn(expression, rangedTerm(processes));
  if (never !== undefined) throw new UserError(`The condition can never be true: ${never}.`, EXAMPLE);
  if (isOfMachine(compared, hasOn)) {
    checkMachine(expression);
    return { kind: 'machine', expression };
  }
  return { kind: 'process', query: queryOf('condition', text, processes, regexes) };
}

const EXAMPLE = 'Examples: "available < 25%", "rss > 900M and name ~ worker".';

/**
 * A query over processes.
 *
 * @throws UserError when it is not valid
 */
export function queryOf(
  what: string,
  text: string,
  processes: Vocabulary<Column>,
  regexes: Regexes | undefined,
): Query {
  const reading = readQuery(text, regexes, processes);
  if ('needs' in reading) throw new PatternsNeeded();
  if ('complaint' in reading) throw mistakenQuery(what, text, reading.complaint);
  if (reading.query.test === undefined) throw new UserError(`The ${what} is empty.`, 'Example: "name ~ python".');
  return reading.query;
}

function mistakenQuery(what: string, text: string, { at, message, expected }: Complaint): UserError {
  const isUnknown = message.startsWith('Unknown ');
  const place = at >= text.length ? 'at its end' : `at character ${at + 1}`;
  const sentence = message.charAt(0).toLowerCase() + message.slice(1);
  const isName = isUnknown && /^[a-z.\d]+$/.test(expected);
  return new UserError(
    `Invalid ${what} "${text}" ${place}: ${sentence}.`,
    isName ? `Did you mean "${expected}"?` : `Expected ${expected}.`,
  );
}

/** It is about the machine where one of its names can be nothing else. */
function isOfMachine(compared: readonly Comparison[], hasOn: boolean): boolean {
  const ids = compared.map(({ column }) => column);
  return ids.some((id) => readingOf(id) !== undefined && id !== 'eta') || (hasOn && ids.length > 0 && ids.every(isEta));
}

function isEta(id: string): boolean {
  return id === 'eta';
}

/** A condition on the machine has no words and no columns of processes. */
function checkMachine(expression: Expression): void {
  const parts = partsOf(expression);
  if (parts !== undefined) {
    for (const part of parts) checkMachine(part);
    return;
  }
  if (expression.kind === 'comparison' && readingOf(expression.column) !== undefined) return;
  const part = expression.kind === 'comparison' ? comparisonText(expression) : 'a word or pattern';
  throw new UserError(
    `The condition is about the machine and about processes: ${part}.`,
    'Move what is about processes to on: on = "rss > 900M".',
  );
}

function partsOf(expression: Expression): readonly Expression[] | undefined {
  if (expression.kind === 'not') return [expression.part];
  return expression.kind === 'and' || expression.kind === 'or' ? expression.parts : undefined;
}

/** Sizes without a unit that cannot have been meant as bytes, and texts that are not in a fixed list. */
const LEAST_WITHOUT_UNIT = 65_536;

function checkValues(comparison: Comparison, names: Vocabulary): void {
  const kind = names.find(comparison.column)?.kind;
  const texts = comparison.values.flatMap((value) => (value.kind === 'text' ? [value.text] : []));
  const bare = kind === 'bytes' ? texts.find((text) => isUnlikely(text)) : undefined;
  if (bare !== undefined) {
    throw new UserError(
      `"${comparisonText(comparison)}" has no unit: ${bare} would be bytes.`,
      `Write ${bare}M or ${bare}G.`,
    );
  }
  const fixed = FIXED_TEXTS[comparison.column];
  const unknown = comparison.operator.endsWith('~') ? undefined : texts.find((text) => fixed?.includes(text) === false);
  if (fixed === undefined || unknown === undefined) return;
  const meant = nearest(unknown, fixed);
  throw new UserError(
    `Unknown ${comparison.column} "${unknown}".`,
    meant === undefined ? `There are: ${fixed.join(', ')}.` : `Did you mean "${meant}"?`,
  );
}

function isUnlikely(text: string): boolean {
  const number = /^\d+(?:\.\d*)?$/.test(text) ? Number(text) : 0;
  return number > 0 && number < LEAST_WITHOUT_UNIT;
}
