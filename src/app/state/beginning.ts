// The initial input of the screen: settings, and properties of this system.
import type { Signal } from '../../model/signals.ts';
import type { Settings } from '../../settings/settings.ts';
import type { FileSettings } from '../../settings/table.ts';

/** The initial input of the screen. */
export interface Beginning extends FileSettings, Pick<Settings, 'colorDepth' | 'background' | 'pids'> {
  /** The order was chosen by the user: its column is then shown. */
  readonly isSortChosen?: boolean;
  /** The signals of this system. */
  readonly signals?: readonly Signal[];
}
