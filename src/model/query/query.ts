// A query that can be applied to rows: parsed from its text, with everything that a filter needs to know.
import type { Column, Moment } from '../columns/column.ts';
import type { Row } from '../rows/row.ts';
import type { Measure } from '../snapshot/measure.ts';
import { compile, type Test } from './compiler.ts';
import type { Complaint, Expression } from './expression.ts';
import { tokensOf } from './lexer.ts';
import { parseQuery } from './parser.ts';
import type { PatternComplaint, Regexes } from './regexes.ts';
import { pidOf, readMeasure } from './values.ts';
import { COLUMN_NAMES, type Vocabulary } from './vocabulary.ts';

export interface Query {
  /** As it was typed; empty for the query that keeps everything. */
  readonly text: string;
  /** Ids of the columns that are compared with something; words and patterns alone look at name and command. */
  readonly columns: ReadonlySet<string>;
  /** Measures that have to be read for every row before the query can decide. */
  readonly measures: ReadonlySet<Measure>;
  /** What has to be requested from the agents. */
  readonly agents: ReadonlySet<'heap' | 'gc'>;
  /** Processes named by `pid=` or by a number: kept although a filter leaves their kind out. */
  readonly pids: ReadonlySet<number>;
  /** Undefined where everything is kept. */
  readonly test: Test | undefined;
}

/** Whether a row is kept. */
export type Filter = (row: Row) => boolean;

/** The result of parsing: a query, a syntax error, or that the engine for its patterns must be loaded first. */
export type QueryReading =
  | { readonly query: Query }
  | { readonly complaint: Complaint }
  | { readonly needs: 'regexes' };

/** The query that keeps everything. */
export const EVERYTHING: Query = {
  ...{
    text: '',
    columns: new Set<string>(),
    measures: new Set<Measure>(),
    agents: new Set<'heap' | 'gc'>(),
    pids: new Set<number>(),
  },
  test: undefined,
};

/** Reads a query. Never throws, whatever the text. */
export function readQuery(
  text: string,
  regexes?: Regexes,
  vocabulary: Vocabulary<Column> = COLUMN_NAMES,
): QueryReading {
  const parsed = parseQuery(text, vocabulary);
  if ('complaint' in parsed) return parsed;
  const { expression } = parsed;
  if (expression === undefined) return { query: EVERYTHING };
  const uses = usesOf(expression, vocabulary);
  if (uses.hasPatterns && regexes === undefined) return { needs: 'regexes' };
  let bad: Complaint | undefined;
  const test = compile(expression, {
    ...{ regexes, vocabulary },
    badPattern: (source, why) => {
      bad ??= badPattern(text, source, why);
    },
  });
  if (bad !== undefined) return { complaint: bad };
  const { pids, columns } = uses;
  return { query: { text: text.trim(), test, pids, columns, ...needsOf(columns, vocabulary) } };
}

/** The filter of a moment; undefined where everything is kept. A row that could not be decided on is left out. */
export function filterAt({ test }: Query, moment: Moment, regexes?: Regexes): Filter | undefined {
  regexes?.startPass();
  if (test === undefined) return undefined;
  if (regexes === undefined) return (row) => test(row, moment);
  return (row) => {
    const before = regexes.leftOut;
    return test(row, moment) && regexes.leftOut === before;
  };
}

interface Uses {
  readonly columns: Set<string>;
  readonly pids: Set<number>;
  hasPatterns: boolean;
}

function usesOf(expression: Expression, { find }: Vocabulary<Column>): Uses {
  const uses: Uses = { columns: new Set(), pids: new Set(), hasPatterns: false };
  const visit = (part: Expression): void => {
    const pid = part.kind === 'text' ? pidOf(part.text) : undefined;
    if (pid !== undefined) uses.pids.add(pid);
    if (part.kind === 'regex') uses.hasPatterns = true;
    else if (part.kind === 'not') visit(part.part);
    else if (part.kind === 'and' || part.kind === 'or') part.parts.forEach(visit);
    else if (part.kind === 'comparison') {
      uses.columns.add(part.column);
      for (const value of part.values) {
        if (value.kind === 'regex') uses.hasPatterns = true;
        else if (find(part.column)?.isPid && part.operator === '=')
          uses.pids.add(readMeasure('number', value.text) ?? 0);
      }
    }
  };
  visit(expression);
  return uses;
}

function needsOf(ids: ReadonlySet<string>, { find }: Vocabulary<Column>): Pick<Query, 'measures' | 'agents'> {
  const columns = [...ids].map((id) => find(id) as Column);
  return {
    measures: new Set(columns.map(({ measure }) => measure).filter((measure) => measure !== undefined)),
    agents: new Set(columns.map(({ agents }) => agents).filter((agents) => agents !== undefined)),
  };
}

function badPattern(text: string, source: string, why: PatternComplaint): Complaint {
  const tokens = tokensOf(text);
  const place = Array.isArray(tokens)
    ? tokens.find((token) => 'pattern' in token && token.pattern === source)
    : undefined;
  return { at: place?.at ?? 0, length: place?.length ?? text.length, ...why };
}
