// What the command line, environment and files settle: one configuration, complete, nothing left to look up.
import type { ColumnId } from '../model/columns.ts';

export interface Settings {
  /** Milliseconds between two samples. */
  readonly interval: number;
  readonly sort: { readonly column: ColumnId; readonly descending: boolean };
  /** Columns asked for by name; undefined for the default set. */
  readonly columns: readonly ColumnId[] | undefined;
  /** Words of the filter, empty for none. */
  readonly filter: string;
  readonly pids: ReadonlySet<number> | undefined;
  readonly sampler: string;
  /** Another tree in place of /proc. */
  readonly procRoot: string | undefined;
  /** Charts and marks in ASCII: asked for, or the locale is not UTF-8. */
  readonly ascii: boolean;
  readonly color: boolean;
  readonly mouse: boolean;
  /** Nothing that acts on a process. */
  readonly readonly: boolean;
}
