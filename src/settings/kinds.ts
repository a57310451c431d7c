// The kinds of values that settings have: how each is read, written and described.

import { inside, Misplaced } from '../errors/misplaced.ts';
import { UserError } from '../errors/user-error.ts';
import type { Thresholds } from '../model/appearance/appearance.ts';
import type { ColumnId } from '../model/columns/columns.ts';
import { nearest } from '../text/did-you-mean.ts';
import { quoted, readChoice, readColumns, readInterval } from './values.ts';

/** What stands for "nothing of it" where a word is expected, and for the columns that memtop chooses. */
export const NONE_WORD = 'none';
export const DEFAULT_SET = 'default';

/** @throws UserError when the value is of another type */
function textOf(value: unknown, what: string, example: string): string {
  if (typeof value === 'string') return value;
  throw new UserError(`${what} must be a string.`, `Write it in quotes: ${example}.`);
}

/** True or false. */
export function yesOrNo(name: string) {
  return {
    takes: '`true` or `false`',
    schema: { type: 'boolean' },
    read(value: unknown): boolean {
      if (typeof value === 'boolean') return value;
      throw new UserError(`${quoted(name)} must be true or false.`, `Write it without quotes: ${name} = true.`);
    },
    write: (value: boolean) => value,
  };
}

/** One of a few words. */
export function oneOf<Word extends string>(name: string, words: readonly Word[]) {
  return {
    takes: `one of ${words.map((word) => `\`"${word}"\``).join(', ')}`,
    schema: { enum: words },
    read: (value: unknown): Word => readChoice(name, textOf(value, quoted(name), `${name} = "${words[0]}"`), words),
    write: (value: Word): string => value,
  };
}

/** A duration: a text with its unit, or a number of seconds. */
export function interval(name: string) {
  return {
    takes: 'a time such as `"500ms"`, `"2s"` or `"5m"`; a bare number is seconds',
    schema: { type: ['string', 'number'] },
    read(value: unknown): number {
      if (typeof value === 'number') return readInterval(String(value));
      return readInterval(textOf(value, quoted(name), `${name} = "2s"`));
    },
    write: (milliseconds: number) => (milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`),
  };
}

/** Ids of columns, as a list or as behind -c. */
export function columns(name: string, ids: readonly ColumnId[]) {
  return {
    takes: `a list of column ids; \`"${DEFAULT_SET}"\` for the set that fits the terminal`,
    schema: {
      anyOf: [{ type: 'array', items: { enum: ids }, minItems: 1 }, { type: 'string' }],
    },
    read(value: unknown): readonly ColumnId[] | undefined {
      if (value === DEFAULT_SET) return undefined;
      if (!Array.isArray(value)) return readColumns(textOf(value, quoted(name), `${name} = ["pid", "rss"]`));
      if (value.length === 0) throw new UserError('At least one column is required.', `Columns: ${ids.join(', ')}.`);
      const read = (id: unknown) => readColumns(textOf(id, 'A column', `${name} = ["pid", "rss"]`));
      return [...new Set(value.flatMap((id, index) => inside([index], () => read(id))))];
    },
    write: (chosen: readonly ColumnId[] | undefined) => chosen ?? DEFAULT_SET,
  };
}

/** Percentages, each above the one before. */
export function thresholds(name: string, usual: Thresholds) {
  const names = Object.keys(usual) as (keyof Thresholds)[];
  const percentage = { type: 'number', exclusiveMinimum: 0, maximum: 100 };
  const properties = Object.fromEntries(names.map((key) => [key, { ...percentage, default: usual[key] }]));
  return {
    takes: `a table of ${names.map((key) => `\`${key}\``).join(', ')}: rising percentages`,
    schema: { type: 'object', properties, additionalProperties: false },
    read(value: unknown): Thresholds {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) {
        throw new UserError(
          `${quoted(name)} must be a table.`,
          `Write [${name}] on one line, and ${names[0]} = 50 below it.`,
        );
      }
      const all: Record<string, unknown> = { ...usual, ...value };
      for (const key of Object.keys(all)) inside([key], () => checkPercentage(key, all[key], names));
      // The three fields are there by default, and checkPercentage has refused all else.
      const read = all as unknown as Thresholds;
      if (read.fine < read.tight && read.tight < read.short) return read;
      const { fine, tight, short } = read;
      const sentence = `The thresholds fine, tight and short must rise, but are ${fine}, ${tight} and ${short}.`;
      const first = Object.keys(value)[0];
      throw new Misplaced(
        first === undefined ? [] : [first],
        new UserError(sentence, 'Make each larger than the one before.'),
      );
    },
    write: ({ fine, tight, short }: Thresholds) => ({ fine, tight, short }),
  };
}

function checkPercentage(key: string, value: unknown, names: readonly string[]): void {
  if (!names.includes(key)) {
    const meant = nearest(key, names);
    const next = meant === undefined ? `There are: ${names.join(', ')}.` : `Did you mean ${quoted(meant)}?`;
    throw new UserError(`Unknown threshold ${quoted(key)}.`, next);
  }
  if (typeof value === 'number' && value > 0 && value <= 100) return;
  throw new UserError(`The threshold ${quoted(key)} must be a percentage.`, 'Use a number above 0, up to 100.');
}
