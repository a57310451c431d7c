// A command line as nearly all are: flags of the table spelled out, their values and bare words. Commander reads the others.
import { existing } from '../numbers/existing.ts';
import type { Grammar } from './command-line.ts';
import {
  ALWAYS,
  FLAGS,
  type Flag,
  joinedValue,
  namesOf,
  type ParsedWords,
  placeholderOf,
  versionLine,
} from './flags.ts';

/**
 * Splits a command line where nothing about it is unusual; undefined where Commander has to read it: for `--`, short
 * flags written together, values with a dash, help, and whatever is not valid.
 */
export function readPlain(
  line: readonly string[],
  { flags, words: kind, passThrough, version }: Grammar,
): ParsedWords | undefined {
  if (line.length === 1 && namesOf(ALWAYS.version).includes(existing(line[0])))
    return { flags: {}, words: [], answer: `${versionLine(version)}\n` };
  const read: Record<string, string | boolean | undefined> = {};
  // A flag that turns something off leaves it on where it is not given.
  for (const name of flags) read[name] = isNegation(FLAGS[name]) ? true : undefined;
  const words: string[] = [];
  for (let index = 0; index < line.length; index += 1) {
    const word = existing(line[index]);
    if (!word.startsWith('-')) {
      if (kind?.endsWith('...]') !== true || passThrough === true) return undefined;
      words.push(word);
      continue;
    }
    const name = flags.find((each) => namesOf(FLAGS[each]).includes(word));
    if (name === undefined) return undefined;
    if (placeholderOf(FLAGS[name]) === undefined) {
      read[name] = !isNegation(FLAGS[name]);
      continue;
    }
    index += 1;
    const value = line[index];
    if (value === undefined || value.startsWith('-')) return undefined;
    read[name] = joinedValue(FLAGS[name], read[name], value);
  }
  return { flags: read, words };
}

/** Whether a flag turns off what is on without it. */
function isNegation({ form }: Flag): boolean {
  return form.startsWith('--no-');
}

/**
 * Where the first bare word of a command line is, flags and their values being passed over; -1 when there is
 * none, or when `--` comes first and says that no word is a command.
 */
export function firstWord(line: readonly string[]): number {
  for (let index = 0; index < line.length; index += 1) {
    const word = existing(line[index]);
    if (word === '--') return -1;
    if (!word.startsWith('-') || word === '-') return index;
    if (takesNext(word)) index += 1;
  }
  return -1;
}

/** Whether a flag's value is the word behind it: `-d 2s`, `--interval 2s`, but not `-d2s` or `--interval=2s`. */
function takesNext(word: string): boolean {
  return Object.values<Flag>(FLAGS).some((flag) => placeholderOf(flag) !== undefined && namesOf(flag).includes(word));
}
