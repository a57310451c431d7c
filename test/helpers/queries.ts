// Queries for tests: read with the real engine for patterns, and asked of rows.
import type { Moment } from '../../src/model/columns/column.ts';
import { Timeline } from '../../src/model/history/timeline.ts';
import type { Complaint } from '../../src/model/query/expression.ts';
import { type Filter, filterAt, type Query, readQuery } from '../../src/model/query/query.ts';
import { openRegexes } from '../../src/model/query/regex-engine.ts';
import { START } from './reports.ts';

/** An engine that never leaves anything out. */
export const patientRegexes = () => openRegexes({ passLasts: Infinity, longestText: Infinity, now: () => 0 });

export const MOMENT: Moment = { time: START, timeline: new Timeline() };

/** The query of a text; throws with the syntax error when it is not valid. */
export function queryOf(text: string): Query {
  const reading = readQuery(text, patientRegexes());
  if ('query' in reading) return reading.query;
  throw new Error(`${text}: ${JSON.stringify(reading)}`);
}

/** The filter of a text; undefined where everything is kept. */
export function filterOf(text: string, moment = MOMENT): Filter | undefined {
  return filterAt(queryOf(text), moment);
}

/** What is wrong with a text. */
export function complaintOf(text: string): Complaint {
  const reading = readQuery(text, patientRegexes());
  if ('complaint' in reading) return reading.complaint;
  throw new Error(`${text} was understood`);
}
