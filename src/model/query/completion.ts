// What a name that has been begun may become: the columns, for the Tab key.
import { COLUMNS } from '../columns.ts';
import { tokensOf } from './lexer.ts';

export interface Completion {
  /** The text up to where the name begins. */
  readonly before: string;
  /** Ids of columns that begin as the name does, in the order of the table. */
  readonly candidates: readonly string[];
  /** The one that stands in the text now. */
  readonly index: number;
}

/** The columns that may be meant at the end of a text; undefined where no column can stand. */
export function completionOf(text: string): Completion | undefined {
  const [begun = ''] = /[a-z]*$/i.exec(text) ?? [];
  const before = text.slice(0, text.length - begun.length);
  if (!/(?:^|[\s(])$/.test(before)) return undefined;
  const tokens = tokensOf(before);
  // Inside quotes or a pattern, or right behind an operator, a text is typed and no name.
  if (!Array.isArray(tokens) || tokens.at(-1)?.kind === 'column') return undefined;
  const candidates = COLUMNS.map(({ id }) => id).filter((id) => id.startsWith(begun.toLowerCase()));
  return { before, candidates, index: 0 };
}

/** The next candidate, or the one before, round the ends. */
export function turned(completion: Completion, by: 1 | -1): Completion {
  const { candidates, index } = completion;
  return { ...completion, index: (index + by + candidates.length) % Math.max(1, candidates.length) };
}

/** The text with its candidate in place. */
export function completed({ before, candidates, index }: Completion, otherwise: string): string {
  const candidate = candidates[index];
  return candidate === undefined ? otherwise : before + candidate;
}
