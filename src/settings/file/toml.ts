// TOML files: parsed, and mistakes in them with file and line.
import { parse, TomlError } from 'smol-toml';
import { Misplaced, type Path } from '../../errors/misplaced.ts';
import { UserError } from '../../errors/user-error.ts';
import { clean } from '../../text/clean.ts';
import type { SettingsFile } from '../settings.ts';

/**
 * The keys and values of a file.
 *
 * @throws UserError with file and line where it is not TOML; `example` shows a key with a text
 */
export function parseToml(path: string, text: string, example = 'interval = "2s"'): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const why = error.message.split('\n')[0]?.replace(/^.*?: /, '') ?? '';
    const next = why.includes('redefine') ? 'Leave one of them out.' : `Strings need quotes: ${example}.`;
    throw new UserError(`${clean(path)}:${error.line}: Invalid TOML: ${why}.`, next);
  }
}

/**
 * A mistake with file and line; `above` is where the value is in which it was found. The line is searched only now: the
 * library that knows it is ten times as large.
 */
export async function placed(error: UserError, above: Path, { path, text = '' }: SettingsFile): Promise<UserError> {
  const { lineOfPath } = await import('./edit.ts');
  const line = lineOfPath(text, [...above, ...(error instanceof Misplaced ? error.within : [])]);
  return new UserError(`${clean(path)}${line === undefined ? '' : `:${line}`}: ${error.message}`, error.next);
}
