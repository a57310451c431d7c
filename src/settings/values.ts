// Values as a user writes them, behind a flag or in the settings file: each is read, or refused with a sentence
// that shows valid ones.

import { UserError } from '../errors/user-error.ts';
import { COLUMNS, type ColumnId, columnOf } from '../model/columns/columns.ts';
import { clean } from '../text/clean.ts';
import { nearest } from '../text/did-you-mean.ts';
import { LONGEST_INTERVAL, parseDuration, SHORTEST_INTERVAL } from '../text/duration.ts';
import { formatInterval } from '../text/format.ts';

/**
 * An interval in milliseconds.
 *
 * @throws UserError when it is not a duration, or is too short
 */
export function readInterval(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) {
    throw new UserError(`Invalid interval ${quoted(text)}.`, 'Examples: 500ms, 2s, 5m (a bare number is seconds).');
  }
  if (milliseconds < SHORTEST_INTERVAL) {
    throw new UserError(
      `Interval ${quoted(text)} is too short.`,
      `The minimum is ${formatInterval(SHORTEST_INTERVAL)} (a bare number is seconds).`,
    );
  }
  if (milliseconds > LONGEST_INTERVAL) {
    throw new UserError(`Interval ${quoted(text)} is too long.`, 'The maximum is 24h.');
  }
  return milliseconds;
}

/**
 * A sort key with its direction, such as `rss` or `rss:asc`. Without a direction the column's own is taken:
 * numbers largest first, words and pids smallest first.
 *
 * @throws UserError when there is no such column or direction
 */
export function readSort(text: string): { column: ColumnId; descending: boolean } {
  const [id = '', direction, ...rest] = text.split(':');
  const column = readColumn(id);
  if (direction === undefined) return { column: column.id, descending: !('ascendingFirst' in column) };
  if ((direction !== 'asc' && direction !== 'desc') || rest.length > 0) {
    throw new UserError(`Invalid sort order ${quoted(text)}.`, `Use ${column.id}:asc or ${column.id}:desc.`);
  }
  return { column: column.id, descending: direction === 'desc' };
}

/**
 * Column ids with commas between them, in the order given; one named twice is taken once.
 *
 * @throws UserError when one is not a column
 */
export function readColumns(text: string): readonly ColumnId[] {
  return [...new Set(text.split(',').map((id) => readColumn(id.trim()).id))];
}

function readColumn(id: string) {
  const known = columnOf(id.toLowerCase())?.id;
  const column = COLUMNS.find((each) => each.id === known);
  if (column !== undefined) return column;
  throw unknownWord(
    'column',
    id,
    COLUMNS.map((each) => each.id),
  );
}

/**
 * One of a few words.
 *
 * @throws UserError that names the nearest of them
 */
export function readChoice<Choice extends string>(what: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((each) => each === text);
  if (choice !== undefined) return choice;
  throw unknownWord(what, text, choices);
}

/** "Unknown …": with the word that was probably meant, or all there are. */
function unknownWord(what: string, word: string, words: readonly string[]): UserError {
  const meant = nearest(word, words);
  return new UserError(
    `Unknown ${what} ${quoted(word)}.`,
    meant === undefined ? `Use one of: ${words.join(', ')}.` : `Did you mean ${quoted(meant)}?`,
  );
}

/** What the user typed, fit to be shown: even an argument can carry a terminal's control characters. */
export function quoted(text: string): string {
  return `'${clean(text)}'`;
}
