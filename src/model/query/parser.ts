// Parses the pieces of a query into its syntax tree. The grammar is in docs/query.md.

import { existing } from '../../numbers/existing.ts';
import { nearest } from '../../text/did-you-mean.ts';
import type { Kind } from '../columns/column.ts';
import {
  type Complaint,
  DEEPEST,
  type Expression,
  LONGEST_QUERY,
  MOST_CONDITIONS,
  type Operator,
  type Value,
} from './expression.ts';
import { tokensOf } from './lexer.ts';
import type { Token } from './token.ts';
import { EXAMPLES, readMeasure, readPercentage } from './values.ts';
import { COLUMN_NAMES, type Term, type Vocabulary } from './vocabulary.ts';

/** The parsed query: nothing where it is empty, or its syntax error. */
export type ParsedQuery = { readonly expression: Expression | undefined } | { readonly complaint: Complaint };

/** Reads a query. Never throws, whatever the text. */
export function parseQuery(text: string, vocabulary: Vocabulary = COLUMN_NAMES): ParsedQuery {
  if (text.length > LONGEST_QUERY) {
    return {
      complaint: {
        ...{ at: LONGEST_QUERY, length: text.length - LONGEST_QUERY },
        message: `The query has ${text.length} characters`,
        expected: `no more than ${LONGEST_QUERY}`,
      },
    };
  }
  const tokens = tokensOf(text, vocabulary);
  if (!Array.isArray(tokens)) return { complaint: tokens };
  const parsed = tokens.length === 0 ? undefined : new Parser(tokens, text.length, vocabulary).read();
  return parsed !== undefined && 'at' in parsed ? { complaint: parsed } : { expression: parsed };
}

type Part = Expression | Complaint;
const CONDITION = 'a word, "a text", /a pattern/ or a comparison such as rss>500m';
const TEXT_OPERATORS: readonly Operator[] = ['=', '!=', '~', '!~'];

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #vocabulary: Vocabulary;
  #next = 0;
  #depth = 0;
  #conditions = 0;

  constructor(tokens: readonly Token[], end: number, vocabulary: Vocabulary) {
    this.#tokens = tokens;
    this.#end = end;
    this.#vocabulary = vocabulary;
  }

  read(): Part {
    const whole = this.#choice();
    const rest = this.#token;
    if (isComplaint(whole) || rest === undefined) return whole;
    return complaintAt(rest, ') without (', 'the end, or a ( before it');
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #choice(): Part {
    return this.#series(
      'or',
      () => this.#all(),
      () => this.#take('or'),
    );
  }

  #all(): Part {
    return this.#series(
      'and',
      () => this.#negation(),
      () => this.#take('and') || this.#beginsCondition(),
    );
  }

  /** Parts with something between them; those of a part of the same kind are taken into it. */
  #series(kind: 'and' | 'or', read: () => Part, goesOn: () => boolean): Part {
    const parts: Expression[] = [];
    do {
      const part = read();
      if (isComplaint(part)) return part;
      if (part.kind === kind) parts.push(...part.parts);
      else parts.push(part);
    } while (goesOn());
    return parts.length === 1 ? existing(parts[0]) : { kind, parts };
  }

  #beginsCondition(): boolean {
    const kind = this.#token?.kind;
    return kind !== undefined && kind !== ')' && kind !== 'or';
  }

  #negation(): Part {
    const token = this.#token;
    if (token === undefined || (token.kind !== 'not' && token.kind !== '(')) return this.#condition();
    this.#depth += 1;
    if (this.#depth > DEEPEST) return complaintAt(token, 'Nested too deeply', `no more than ${DEEPEST} levels`);
    this.#next += 1;
    const part = token.kind === 'not' ? this.#negation() : this.#group(token);
    this.#depth -= 1;
    return token.kind === '(' || isComplaint(part) ? part : { kind: 'not', part };
  }

  #group(open: Token): Part {
    const inside = this.#choice();
    if (isComplaint(inside) || this.#take(')')) return inside;
    return complaintAt(open, '( without )', 'a closing )');
  }

  #condition(): Part {
    const token = this.#token;
    if (token === undefined) return this.#missing(CONDITION);
    this.#next += 1;
    switch (token.kind) {
      case 'text':
        return token.text.trim() === ''
          ? complaintAt(token, 'Empty quotes', 'a text to search for')
          : this.#counted({ kind: 'text', text: token.text }, token);
      case 'regex':
        return this.#pattern(token) ?? this.#counted({ kind: 'regex', pattern: token.pattern }, token);
      case 'column':
        return this.#comparison(token);
      default:
        return complaintAt(token, 'Missing condition', CONDITION);
    }
  }

  #comparison(head: Token & { kind: 'column' }): Part {
    const column = this.#vocabulary.find(head.name.toLowerCase());
    if (column === undefined) return unknownName(head, this.#vocabulary);
    const { operator } = head;
    const mistaken = mistakenOperator(column, head);
    if (mistaken !== undefined) return mistaken;
    const values: Value[] = [];
    for (let token = this.#token; token?.kind === 'value' || token?.kind === 'pattern'; token = this.#token) {
      const value = this.#value(token, column, operator);
      if (isComplaint(value)) return value;
      values.push(value);
      this.#next += 1;
    }
    if (values.length === 0) return this.#missing(EXAMPLES[column.kind]);
    if (values.length > 1 && isOrder(operator)) {
      const second = existing(this.#tokens[this.#next - values.length + 1]);
      return complaintAt(second, `${operator} compares with one value`, 'a single value');
    }
    const comparison: Expression = { kind: 'comparison', column: column.id, operator, values };
    return this.#counted(comparison, head, operator.endsWith('~') ? values.length : 1);
  }

  #value(token: Token & { kind: 'value' | 'pattern' }, { kind, whole }: Term, operator: Operator): Value | Complaint {
    if (token.kind === 'pattern') {
      if (!operator.endsWith('~')) return complaintAt(token, 'A pattern does not work with this operator', '~ or !~');
      return this.#pattern(token) ?? { kind: 'regex', pattern: token.pattern };
    }
    const isPercentage = whole !== undefined && readPercentage(token.text) !== undefined;
    if (kind !== 'text' && !isPercentage && readMeasure(kind, token.text) === undefined) {
      return complaintAt(token, `Invalid ${NOUNS[kind]}`, EXAMPLES[kind] + (whole === undefined ? '' : ', or 85%'));
    }
    return { kind: 'text', text: token.text };
  }

  #pattern(token: Token & { pattern: string }): Complaint | undefined {
    return token.pattern === '' ? complaintAt(token, 'Empty pattern', 'a pattern') : undefined;
  }

  /** The condition, unless there are too many. */
  #counted(condition: Expression, token: Token, count = 1): Part {
    this.#conditions += count;
    if (this.#conditions <= MOST_CONDITIONS) return condition;
    return complaintAt(token, 'Too many conditions', `no more than ${MOST_CONDITIONS}`);
  }

  #take(kind: Token['kind']): boolean {
    if (this.#token?.kind !== kind) return false;
    this.#next += 1;
    return true;
  }

  #missing(expected: string): Complaint {
    const token = this.#token;
    const message = token === undefined ? 'Incomplete' : 'Incomplete';
    return { at: token?.at ?? this.#end, length: token?.length ?? 0, message, expected };
  }
}

const NOUNS: Readonly<Record<Kind, string>> = {
  bytes: 'size',
  'bytes-a-second': 'rate',
  milliseconds: 'time',
  percent: 'percentage',
  number: 'number',
  text: 'text',
};

function isComplaint(part: object): part is Complaint {
  return 'expected' in part;
}

function isOrder(operator: Operator): boolean {
  return operator.startsWith('<') || operator.startsWith('>');
}

function complaintAt({ at, length }: Token, message: string, expected: string): Complaint {
  return { at, length, message, expected };
}

function unknownName({ at, name, operator }: Token & { kind: 'column' }, { noun, names }: Vocabulary): Complaint {
  const meant = nearest(name, names);
  const expected = meant ?? `a column (Tab lists them), or quotes around a text: "${name}${operator}…"`;
  return { at, length: name.length, message: `Unknown ${noun} ${name}`, expected };
}

function mistakenOperator({ id, kind }: Term, token: Token & { kind: 'column' }): Complaint | undefined {
  const { at, length, operator } = token;
  const place = { at: at + length - operator.length, length: operator.length };
  if (kind === 'text') {
    if (TEXT_OPERATORS.includes(operator)) return undefined;
    return { ...place, message: `${id} is text and has no order`, expected: `one of ${TEXT_OPERATORS.join(' ')}` };
  }
  if (!operator.endsWith('~')) return undefined;
  return { ...place, message: `${id} is not text`, expected: 'one of = != < <= > >=' };
}
