// Completes the beginning of a column name, with an operator, for the Tab key.
import type { Column } from '../columns/column.ts';
import { COLUMNS, columnOf } from '../columns/columns.ts';
import { tokensOf } from './lexer.ts';

export interface Completion {
  /** The text up to where the name begins. */
  readonly before: string;
  /** The text after the cursor, which stays. */
  readonly after: string;
  /** Ids of columns that begin as the name does, in the order of the table. */
  readonly candidates: readonly string[];
  /** The index of the candidate that is in the text now. */
  readonly index: number;
}

/** The columns that fit at the cursor; undefined where a column is not possible. */
export function completionOf(text: string, caret = text.length): Completion | undefined {
  const typed = text.slice(0, caret);
  const [begun = ''] = /[a-z]*$/i.exec(typed) ?? [];
  const before = typed.slice(0, typed.length - begun.length);
  if (!/(?:^|[\s(])$/.test(before)) return undefined;
  const tokens = tokensOf(before);
  // Inside quotes or a pattern, or right behind an operator, a text is typed and not a name.
  if (!Array.isArray(tokens) || tokens.at(-1)?.kind === 'column') return undefined;
  const candidates = COLUMNS.map(({ id }) => id).filter((id) => id.startsWith(begun.toLowerCase()));
  return { before, after: text.slice(caret), candidates, index: 0 };
}

/** The next or the previous candidate, wrapping around. */
export function turned(completion: Completion, by: 1 | -1): Completion {
  const { candidates, index } = completion;
  return { ...completion, index: (index + by + candidates.length) % Math.max(1, candidates.length) };
}

/** The candidate in its place with the operator that its values are most often compared by; the caret is behind it. */
export function completed(
  { before, after, candidates, index }: Completion,
  otherwise: string,
): { readonly text: string; readonly caret: number } {
  const id = candidates[index];
  if (id === undefined) return { text: otherwise, caret: otherwise.length - after.length };
  const typed = before + id + operatorOf(columnOf(id));
  return { text: typed + after, caret: typed.length };
}

/**
 * Handles an operator typed right after a completion: it replaces the operator that was inserted, and `=` is appended to
 * `<` and `>`.
 */
export function withOperator(text: string, caret: number, typed: string): { text: string; caret: number } | undefined {
  if (!/^[<>=!~]$/.test(typed)) return undefined;
  const before = text.slice(0, caret);
  const unchanged = typed === '=' && /[<>]$/.test(before) ? before : before.slice(0, -1);
  return { text: unchanged + typed + text.slice(caret), caret: unchanged.length + 1 };
}

/** The usual operator: texts are searched, ids are equal, sizes and rates are above a limit. */
function operatorOf(column: Column | undefined): string {
  if (column?.kind === 'text') return '~';
  return column?.kind === 'number' && column.ascendingFirst === true ? '=' : '>';
}
