// A filter of words: what a person types to find a process.
import type { Label } from './label.ts';

/** Whether a process is kept. */
export type Filter = (label: Label) => boolean;

/**
 * Words that must all be in the name or the command, whatever their case; `or` between them begins another
 * choice. Undefined when there is no word, which keeps everything.
 */
export function filterOfWords(text: string): Filter | undefined {
  const choices = choicesOf(text.toLowerCase());
  if (choices.length === 0) return undefined;
  return (label) => choices.some((words) => words.every((word) => label.search.includes(word)));
}

/**
 * One filter out of several that must all match. An `or` within one of them is kept apart from the others:
 * `a or b` and `c` together are `a c or b c`.
 */
export function joinFilters(texts: readonly string[]): string {
  const given = texts.map((text) => choicesOf(text)).filter((choices) => choices.length > 0);
  const joined = given.reduce((left, right) => left.flatMap((one) => right.map((other) => [...one, ...other])), [[]]);
  return joined.map((words) => words.join(' ')).join(' or ');
}

/** The words of each choice; choices without a word are none. */
function choicesOf(text: string): string[][] {
  return text
    .split(/(?:^|\s)or(?=\s|$)/i)
    .map((choice) => choice.split(/\s+/).filter((word) => word !== ''))
    .filter((words) => words.length > 0);
}
