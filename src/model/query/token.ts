// The pieces that a query is cut into.
import type { Operator } from './expression.ts';

/** Where a piece stands in the text. */
interface Place {
  readonly at: number;
  readonly length: number;
}

/** What a piece is, without its place. */
export type Piece =
  | { readonly kind: '(' | ')' | 'and' | 'or' | 'not' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'regex'; readonly pattern: string }
  /** A name and an operator; the values follow as tokens of their own. */
  | { readonly kind: 'column'; readonly name: string; readonly operator: Operator }
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'pattern'; readonly pattern: string };

export type Token = Place & Piece;
