// A settings file read: the TOML library's values, each checked by its entry in the table. Loaded only when there is one.
import { parse, TomlError } from 'smol-toml';
import { UserError } from '../../errors/user-error.ts';
import { clean } from '../../text/clean.ts';
import { nearest } from '../../text/did-you-mean.ts';
import { Misplaced, type Path } from '../setting.ts';
import type { SettingsFile } from '../settings.ts';
import type { FileSettings } from '../table.ts';
import { SETTINGS, settingOf } from '../table.ts';
import { quoted } from '../values.ts';

/**
 * The settings in a file.
 *
 * @throws UserError with file and line for the first mistake in it
 */
export async function readSettings({ path, text = '' }: SettingsFile): Promise<Partial<FileSettings>> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parsed(path, text))) {
    try {
      found[name] = checked(name, value);
    } catch (error) {
      throw error instanceof UserError ? await placed(error, name, { path, text }) : error;
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

function parsed(path: string, text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const why = error.message.split('\n')[0]?.replace(/^.*?: /, '') ?? '';
    const next = why.includes('redefine') ? 'Leave one of them out.' : 'Strings need quotes: interval = "2s".';
    throw new UserError(`${clean(path)}:${error.line}: Invalid TOML: ${why}.`, next);
  }
}

/** The mistake with file and line. The line is searched only now: the library that knows it is ten times as large. */
async function placed(error: UserError, name: string, { path, text = '' }: SettingsFile): Promise<UserError> {
  const { lineOfPath } = await import('./edit.ts');
  const where: Path = [name, ...(error instanceof Misplaced ? error.within : [])];
  const line = lineOfPath(text, where);
  return new UserError(`${clean(path)}${line === undefined ? '' : `:${line}`}: ${error.message}`, error.next);
}
