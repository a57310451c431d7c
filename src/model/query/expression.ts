// The syntax tree of a query: made by the parser, turned into a test by the compiler.

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~';

/** What a column is compared with: a text as it was typed (`500m`, `www`), or a pattern between slashes. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly pattern: string };

/** A column, an operator, and what it is compared with: any of the values. */
export interface Comparison {
  readonly kind: 'comparison';
  /** The id of an existing column. */
  readonly column: string;
  readonly operator: Operator;
  readonly values: readonly Value[];
}

/**
 * A query. `and` and `or` have two parts or more, and no part of the same kind as themselves: `a (b c)` is three
 * conditions that must all be met.
 */
export type Expression =
  /** A word or a quoted text, searched for in name and command. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly pattern: string }
  | Comparison
  | { readonly kind: 'not'; readonly part: Expression }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Expression[] };

/** The syntax error of a query, and its position. */
export interface Complaint {
  /** The place in the text, counted in UTF-16 units from 0, and the length of the faulty part; 0 at the end of the text. */
  readonly at: number;
  readonly length: number;
  /** What is wrong, as a sentence without its full stop. */
  readonly message: string;
  /** What was expected there: completes "expected …". */
  readonly expected: string;
}

/** Longer queries are refused: they are not typed by hand, and they would slow every row. */
export const LONGEST_QUERY = 10_000;
/** The most conditions, and the deepest nesting of parentheses and `not`. */
export const MOST_CONDITIONS = 100;
export const DEEPEST = 50;
