// A settings file read: the TOML library's values, each checked by its entry in the table. Loaded only when there is one.
import { UserError } from '../../errors/user-error.ts';
import { nearest } from '../../text/did-you-mean.ts';
import type { SettingsFile } from '../settings.ts';
import type { FileSettings } from '../table.ts';
import { SETTINGS, settingOf } from '../table.ts';
import { quoted } from '../values.ts';
import { parseToml, placed } from './toml.ts';

/**
 * The settings in a file.
 *
 * @throws UserError with file and line for the first mistake in it
 */
export async function readSettings({ path, text = '' }: SettingsFile): Promise<Partial<FileSettings>> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parseToml(path, text))) {
    try {
      found[name] = checked(name, value);
    } catch (error) {
      throw error instanceof UserError ? await placed(error, [name], { path, text }) : error;
    }
  }
  return found;
}

function checked(name: string, value: unknown): unknown {
  const setting = settingOf(name);
  if (setting !== undefined) return setting.read(value);
  const names = SETTINGS.map((each) => each.name);
  const meant = nearest(name, names);
  const next = meant === undefined ? `There are: ${names.join(', ')}.` : `Did you mean ${quoted(meant)}?`;
  throw new UserError(`Unknown setting ${quoted(name)}.`, next);
}
