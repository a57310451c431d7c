// The complete configuration, from command line, environment and files.

import { type Appearance, type Background, type ColorDepth, THRESHOLDS } from '../model/appearance/appearance.ts';
import { SORTED_FIRST } from '../model/columns/column-sets.ts';
import type { ColumnId } from '../model/columns/columns.ts';
import type { Grouping } from '../model/rows/row.ts';

export const SCALES = ['own', 'shared'] as const;

/** The settings of a file. Each field is one key of the file, under the same name. */
export interface FileSettings extends Omit<Appearance, 'colorDepth' | 'background'> {
  /** Milliseconds between two samples. */
  readonly interval: number;
  readonly sort: { readonly column: ColumnId; readonly descending: boolean };
  /** Columns chosen by name; undefined for the default set. */
  readonly columns: readonly ColumnId[] | undefined;
  /** The filter as it was typed, not yet parsed; empty for all processes. */
  readonly filter: string;
  readonly tree: boolean;
  readonly group: Grouping | undefined;
  /** Include kernel threads. */
  readonly kernel: boolean;
  /** A scale for each trend, which shows shapes, or one for all, which shows sizes. */
  readonly scale: (typeof SCALES)[number];
  readonly mouse: boolean;
  /** Nothing that acts on a process. */
  readonly readonly: boolean;
}

export interface Settings extends FileSettings {
  /** The order was chosen, by a flag or a settings file: then its column is shown. */
  readonly isSortChosen: boolean;
  readonly colorDepth: ColorDepth;
  readonly background: Background;
  readonly pids: ReadonlySet<number> | undefined;
  readonly sampler: string;
  /** Lowers memtop's own oom_score_adj and reserves memory; only by the flag. */
  readonly survive: boolean;
  /** Another tree in place of /proc. */
  readonly procRoot: string | undefined;
  /** Where settings are saved on request; undefined without such a folder. */
  readonly file: SettingsFile | undefined;
}

/** A settings file as it was when it was read. */
export interface SettingsFile {
  readonly path: string;
  /** Its whole content; undefined when there was no file. */
  readonly text: string | undefined;
}

/** The defaults. */
export const DEFAULTS: FileSettings = {
  interval: 2000,
  sort: { column: SORTED_FIRST, descending: true },
  columns: undefined,
  filter: '',
  tree: false,
  group: undefined,
  kernel: false,
  scale: 'own',
  theme: 'default',
  graph: 'blocks',
  thresholds: THRESHOLDS,
  ascii: false,
  color: true,
  mouse: true,
  readonly: false,
};
