// What a run of the screen begins with: settings, and what this system has.
import type { Appearance } from '../../model/appearance/appearance.ts';
import type { ColumnId } from '../../model/columns/columns.ts';
import type { Grouping } from '../../model/rows/row.ts';
import type { Signal } from '../../model/signals.ts';

/** What a run of the screen begins with. */
export interface Beginning extends Appearance {
  /** Milliseconds between two samples. */
  readonly interval: number;
  readonly sort: { readonly column: ColumnId; readonly descending: boolean };
  /** The order was asked for: then the column it goes by is shown. */
  readonly isSortChosen?: boolean;
  /** Columns asked for by name; undefined for the default set. */
  readonly columns: readonly ColumnId[] | undefined;
  readonly filter: string;
  readonly pids: ReadonlySet<number> | undefined;
  readonly tree: boolean;
  readonly group: Grouping | undefined;
  /** Include kernel threads. */
  readonly kernel: boolean;
  /** A scale for each trend, or one for all. */
  readonly scale: 'own' | 'shared';
  /** Nothing that acts on a process. */
  readonly readonly: boolean;
  /** The signals of this system. */
  readonly signals?: readonly Signal[];
}
