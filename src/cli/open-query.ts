// Prepares a filter of the command line: parses it and loads the engine where it has patterns, or refuses it.

import { UserError } from '../errors/user-error.ts';
import type { Complaint } from '../model/query/expression.ts';
import { type Query, readQuery } from '../model/query/query.ts';
import type { Regexes } from '../model/query/regexes.ts';
import { clean } from '../text/clean.ts';

export interface OpenedQuery {
  readonly query: Query;
  /** Present where the query has patterns. */
  readonly regexes: Regexes | undefined;
}

/** Characters of a filter that a message shows around the place that is meant. */
const SHOWN = 40;

/** Without a screen that waits, a pattern searches every text completely. */
const PATIENT = { passLasts: Number.POSITIVE_INFINITY, longestText: Number.POSITIVE_INFINITY };

/**
 * The query of a text.
 *
 * @throws UserError that with the position of the error, and what was expected there
 */
export async function openQuery(text: string, load = () => loadRegexes(PATIENT)): Promise<OpenedQuery> {
  let regexes: Regexes | undefined;
  let reading = readQuery(text);
  if ('needs' in reading) {
    regexes = await load();
    reading = readQuery(text, regexes);
  }
  if ('query' in reading) return { query: reading.query, regexes };
  if ('complaint' in reading) throw refusal(text, reading.complaint);
  throw new Error('A query that needs patterns still needs them when they are there.');
}

/** The engine, loaded now. */
export async function loadRegexes(options: { readonly passLasts: number; readonly longestText: number }) {
  const { openRegexes } = await import('../model/query/regex-engine.ts');
  return openRegexes({ ...options, now: () => performance.now() });
}

function refusal(text: string, { at, length, message, expected }: Complaint): UserError {
  const begin = Math.max(0, at - SHOWN);
  const end = Math.min(text.length, at + Math.min(length, SHOWN) + SHOWN);
  const shown = `${begin > 0 ? '…' : ''}${clean(text.slice(begin, end))}${end < text.length ? '…' : ''}`;
  const sentence = message.charAt(0).toLowerCase() + message.slice(1);
  const place = at >= text.length ? 'at its end' : `at character ${at + 1}`;
  return new UserError(`Invalid filter '${shown}' ${place}: ${sentence}.`, `Expected ${expected}.`);
}
