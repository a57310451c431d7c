// What a run of the screen begins with: settings, and what this system has.
import type { Signal } from '../../model/signals.ts';
import type { FileSettings, Settings } from '../../settings/settings.ts';

/** What a run of the screen begins with. */
export interface Beginning extends FileSettings, Pick<Settings, 'colorDepth' | 'background' | 'pids'> {
  /** The order was asked for: then the column it goes by is shown. */
  readonly isSortChosen?: boolean;
  /** The signals of this system. */
  readonly signals?: readonly Signal[];
}
