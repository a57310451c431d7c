// The complete configuration, from command line, environment and files.

import type { Background, ColorDepth } from '../model/appearance/appearance.ts';
import type { FileSettings } from './table.ts';

/** The settings of a run: those that a file can have, and the rest. */
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
