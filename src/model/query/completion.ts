// What a name that has been begun may become: a column and what it is compared by, for the Tab key.
import type { Column } from '../columns/column.ts';
import { COLUMNS, columnOf } from '../columns/columns.ts';
import { tokensOf } from './lexer.ts';

export interface Completion {
  /** The text up to where the name begins. */
  readonly before: string;
  /** What stands behind the cursor, and stays there. */
  readonly after: string;
  /** Ids of columns that begin as the name does, in the order of the table. */
  readonly candidates: readonly string[];
  /** The one that stands in the text now. */
  readonly index: number;
}

/** The columns that may be meant where the cursor is; undefined where no column can stand. */
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

/** The next candidate, or the one before, round the ends. */
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
 * What an operator that is typed right behind a completion makes of the one that came with it: it takes its place, and
 * `=` goes with `<` and `>`.
 */
export function withOperator(text: string, caret: number, typed: string): { text: string; caret: number } | undefined {
  if (!/^[<>=!~]$/.test(typed)) return undefined;
  const before = text.slice(0, caret);
  const kept = typed === '=' && /[<>]$/.test(before) ? before : before.slice(0, -1);
  return { text: kept + typed + text.slice(caret), caret: kept.length + 1 };
}

/** Texts are searched in, ids named, sizes and rates asked for above a limit. */
function operatorOf(column: Column | undefined): string {
  if (column?.kind === 'text') return '~';
  return column?.kind === 'number' && column.ascendingFirst === true ? '=' : '>';
}
