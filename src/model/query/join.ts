// Several filters as one: those of the command line.
import type { Expression } from './expression.ts';
import { parseQuery } from './parser.ts';

/**
 * Joins queries by `and`, where an `or` within one of them stays inside it. A part that is not valid by itself is
 * returned alone, so that the error refers to what was typed.
 */
export function joinQueries(texts: readonly string[]): string {
  const given = texts.map((text) => text.trim()).filter((text) => text !== '');
  const [only, ...others] = given;
  if (only === undefined || others.length === 0) return only ?? '';
  const bad = given.find((text) => 'complaint' in parseQuery(text));
  return bad ?? given.map((text) => (expressionOf(text)?.kind === 'or' ? `(${text})` : text)).join(' ');
}

/**
 * One query out of the words of a command line, as the shell handed them over. `or`, `and`, `not` and parentheses may be
 * words of their own; a word that is a whole choice, such as 'a or b' in quotes, is kept together.
 */
export function joinWords(words: readonly string[]): string {
  return words
    .map((word) => (words.length > 1 && expressionOf(word)?.kind === 'or' ? `(${word})` : word))
    .join(' ')
    .trim();
}

function expressionOf(text: string): Expression | undefined {
  const parsed = parseQuery(text);
  return 'expression' in parsed ? parsed.expression : undefined;
}
