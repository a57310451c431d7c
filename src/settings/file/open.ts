// The settings file found and read, where one is wanted. What understands it is loaded only when there is one.

import { UserError } from '../../errors/user-error.ts';
import type { Environment } from '../environment.ts';
import type { SettingsFile } from '../settings.ts';
import type { FileSettings } from '../table.ts';
import { quoted } from '../values.ts';
import { NO_FILE, placeOf } from './place.ts';
import { readText } from './text.ts';

export interface OpenedSettings {
  readonly file: SettingsFile | undefined;
  readonly stated: Partial<FileSettings>;
}

/**
 * The settings file and what it says: the one that `--config` names, or else, if one is wanted, the usual one.
 *
 * @throws UserError when `--config` names none, and for whatever is wrong with it
 */
export async function openSettings(
  environment: Environment,
  { configFlag, isWanted }: { readonly configFlag: string | undefined; readonly isWanted: boolean },
): Promise<OpenedSettings> {
  const path = configFlag === undefined && !isWanted ? undefined : placeOf(environment, configFlag);
  if (path === undefined) return { file: undefined, stated: {} };
  const file = { path, text: readText(path) };
  if (file.text !== undefined) {
    const { readSettings } = await import('./read.ts');
    return { file, stated: await readSettings(file) };
  }
  if (configFlag === undefined || configFlag === NO_FILE) return { file, stated: {} };
  throw new UserError(
    `No such file: ${quoted(path)}.`,
    'Check --config, or use MEMTOP_CONFIG: S in the monitor then creates the file.',
  );
}
