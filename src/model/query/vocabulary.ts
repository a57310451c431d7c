// The names that a query may compare: the columns; in rules, numbers of the machine too.
import type { Column } from '../columns/column.ts';
import { COLUMNS, columnOf } from '../columns/columns.ts';

/** One name: what its values are. */
export type Term = Pick<Column, 'id' | 'kind'> & {
  /** A size may be compared in percent of something too: `heap>85%`. */
  readonly whole?: unknown;
};

export interface Vocabulary<Named extends Term = Term> {
  /** What a name stands for, as an error says it: `column`. */
  readonly noun: string;
  /** Every name, for suggestions. */
  readonly names: readonly string[];
  /** Whether a name may have parts, as `swap.free` has. */
  readonly hasParts: boolean;
  /** Whether what stands before an operator is a name even with blanks between: in filters `ls ~/src` is two words. */
  readonly isStrict: boolean;
  find(name: string): Named | undefined;
}

/** The names of filters. */
export const COLUMN_NAMES: Vocabulary<Column> = {
  noun: 'column',
  names: COLUMNS.map(({ id }) => id),
  hasParts: false,
  isStrict: false,
  find: columnOf,
};
