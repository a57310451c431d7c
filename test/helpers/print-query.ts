// A query as text: what the parser would read as the very same query.
import type { Expression, Value } from '../../src/model/query/expression.ts';

const WORD = /^[^\s()"]+$/;
const VALUE = /^[^\s()",]+$/;
const KEYWORD = /^(?:and|or|not)$/i;
const COMPARISON = /^[a-z]+(?:<=?|>=?|!?=|!?~)/i;

/** The text of a query, in the fewest parentheses. */
export function printQuery(expression: Expression): string {
  switch (expression.kind) {
    case 'text':
      return isPlainWord(expression.text) ? expression.text : quoted(expression.text);
    case 'regex':
      return `/${expression.pattern}/`;
    case 'comparison':
      return `${expression.column}${expression.operator}${expression.values.map(printValue).join(',')}`;
    case 'not':
      return `not ${within(expression.part, ['and', 'or'])}`;
    case 'and':
      return expression.parts.map((part) => within(part, ['or'])).join(' ');
    case 'or':
      return expression.parts.map(printQuery).join(' or ');
  }
}

/** In parentheses where it is of a kind that would come apart. */
function within(part: Expression, loose: readonly Expression['kind'][]): string {
  const text = printQuery(part);
  return loose.includes(part.kind) ? `(${text})` : text;
}

function printValue(value: Value): string {
  if (value.kind === 'regex') return `/${value.pattern}/`;
  return isPlainValue(value.text) ? value.text : quoted(value.text);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Whether a word is read as itself in a query; others have to be quoted. */
function isPlainWord(text: string): boolean {
  return WORD.test(text) && !KEYWORD.test(text) && !/^[<>=!~/]/.test(text) && !COMPARISON.test(text);
}

/** A value that needs no quotes. */
function isPlainValue(text: string): boolean {
  return VALUE.test(text) && !/^[<>=!~/]/.test(text);
}
