// Compiles a parsed query into a test of rows.
import type { Column, Moment } from '../columns/column.ts';
import type { Label } from '../rows/label.ts';
import type { Row } from '../rows/row.ts';
import type { Comparison, Expression, Operator, Value } from './expression.ts';
import type { PatternComplaint, Regexes } from './regexes.ts';
import { pidOf, readMeasure, readPercentage } from './values.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Whether a row meets a condition. An unknown value meets no comparison. */
export type Test = (row: Row, moment: Moment) => boolean;

/** Called with a pattern that cannot be compiled, and why. */
type BadPattern = (source: string, why: PatternComplaint) => void;

type TextTest = (text: string) => boolean | undefined;

/** What compiling needs besides the expression. */
interface Means {
  readonly regexes: Regexes | undefined;
  readonly vocabulary: Vocabulary<Column>;
  readonly badPattern: BadPattern;
}

/**
 * The test for a query of these names. Patterns are compiled by `regexes`; `badPattern` receives the first one that
 * cannot be compiled.
 */
export function compile(expression: Expression, means: Means): Test {
  const { regexes, badPattern } = means;
  const compiled = (part: Expression): Test => compile(part, means);
  switch (expression.kind) {
    case 'text': {
      const word = expression.text.toLowerCase();
      const pid = pidOf(expression.text);
      return (row) => row.label.search.includes(word) || row.process.who.pid === pid;
    }
    case 'regex':
      return remembered(patternTest(expression.pattern, regexes, badPattern), ({ label }) => label.whole);
    case 'comparison':
      return comparisonTest(expression, means);
    case 'not': {
      const test = compiled(expression.part);
      return (row, moment) => !test(row, moment);
    }
    case 'and': {
      const tests = expression.parts.map(compiled);
      return (row, moment) => tests.every((test) => test(row, moment));
    }
    case 'or': {
      const tests = expression.parts.map(compiled);
      return (row, moment) => tests.some((test) => test(row, moment));
    }
  }
}

const NOT_LOADED: PatternComplaint = { message: 'Patterns are not loaded', expected: 'a query without patterns' };

function patternTest(source: string, regexes: Regexes | undefined, badPattern: BadPattern): TextTest {
  const pattern = regexes?.compile(source) ?? NOT_LOADED;
  if ('test' in pattern) return (text) => pattern.test(text);
  badPattern(source, pattern);
  return () => false;
}

/** A test of an identity's text, cached by identity: the identity of a process hardly ever changes. */
function remembered(test: TextTest, textOf: (row: Row, moment: Moment) => string | undefined): Test {
  const known = new WeakMap<Label, { readonly text: string; readonly is: boolean }>();
  return (row, moment) => {
    const text = textOf(row, moment);
    if (text === undefined || text === '') return false;
    const before = known.get(row.label);
    if (before?.text === text) return before.is;
    const is = test(text);
    if (is === undefined) return false;
    known.set(row.label, { text, is });
    return is;
  };
}

function comparisonTest(
  { column: id, operator, values }: Comparison,
  { regexes, vocabulary, badPattern }: Means,
): Test {
  const column = vocabulary.find(id) as Column;
  if (column.kind !== 'text') return numberTest(column, operator, values);
  const tests = operator.endsWith('~')
    ? values.map((value) => containing(value, regexes, badPattern))
    : [oneOf(values.map(textOf))];
  const isAny = (text: string) => anyOf(tests, text);
  const test: TextTest = operator.startsWith('!') ? (text) => negated(isAny(text)) : isAny;
  return remembered(test, (row, moment) => column.value(row, moment) as string | undefined);
}

function containing(value: Value, regexes: Regexes | undefined, badPattern: BadPattern): TextTest {
  if (value.kind === 'regex') return patternTest(value.pattern, regexes, badPattern);
  const part = value.text.toLowerCase();
  return (text) => text.toLowerCase().includes(part);
}

function oneOf(texts: readonly string[]): TextTest {
  const wanted = new Set(texts.map((text) => text.toLowerCase()));
  return (text) => wanted.has(text.toLowerCase());
}

/** True when one of them is; not decided when none is and one is not. */
function anyOf(tests: readonly TextTest[], text: string): boolean | undefined {
  let found: boolean | undefined = false;
  for (const test of tests) {
    const is = test(text);
    if (is === true) return true;
    if (is === undefined) found = undefined;
  }
  return found;
}

function negated(is: boolean | undefined): boolean | undefined {
  return is === undefined ? undefined : !is;
}

function numberTest(column: Column, operator: Operator, values: readonly Value[]): Test {
  const { whole } = column;
  const percentages = values.map((value) => readPercentage(textOf(value)));
  if (whole !== undefined && percentages.some((percentage) => percentage !== undefined)) {
    const tests = values.map((value, index) =>
      oneNumberTest(column, operator, { value, percentage: percentages[index] }),
    );
    return (row, moment) => tests[operator === '!=' ? 'every' : 'some']((test) => test(row, moment));
  }
  const numbers = values.map((value) => readMeasure(column.kind, textOf(value)) ?? Number.NaN);
  const [first = Number.NaN] = numbers;
  const wanted = new Set(numbers);
  const meets = NUMBER_TESTS[operator];
  return (row, moment) => {
    const value = column.value(row, moment);
    return typeof value === 'number' && meets(value, first, wanted);
  };
}

/** One of several values, of which some are in percent of what the column says is the whole. */
function oneNumberTest(
  column: Column,
  operator: Operator,
  { value, percentage }: { readonly value: Value; readonly percentage: number | undefined },
): Test {
  if (percentage === undefined) return numberTest(column, operator, [value]);
  const meets = NUMBER_TESTS[operator];
  const wanted = new Set([percentage]);
  return (row, moment) => {
    const part = column.value(row, moment);
    const all = column.whole?.(row, moment);
    return typeof part === 'number' && all !== undefined && all > 0 && meets((part / all) * 100, percentage, wanted);
  };
}

const NUMBER_TESTS: Readonly<Record<Operator, (value: number, limit: number, wanted: ReadonlySet<number>) => boolean>> =
  {
    '=': (value, _, wanted) => wanted.has(value),
    '!=': (value, _, wanted) => !wanted.has(value),
    '<': (value, limit) => value < limit,
    '<=': (value, limit) => value <= limit,
    '>': (value, limit) => value > limit,
    '>=': (value, limit) => value >= limit,
    '~': () => false,
    '!~': () => false,
  };

function textOf(value: Value): string {
  return value.kind === 'text' ? value.text : value.pattern;
}
