// Settings into their file: only what differs, nothing of a hand-written file lost, and all of it or nothing.
import { whyNotWritten } from '../../errors/not-written.ts';
import { writeFile } from '../../files/write.ts';
import { clean } from '../../text/clean.ts';
import type { Toml } from '../setting.ts';
import type { SettingsFile } from '../settings.ts';
import type { FileSettings } from '../table.ts';
import { SETTINGS } from '../table.ts';
import { NO_FILE } from './place.ts';
import { readText } from './text.ts';

/** The result: a sentence for the user, and the file as it is now. */
export interface SaveResult {
  readonly notice: string;
  readonly file: SettingsFile | undefined;
}

/** The first lines of a file that memtop creates. */
const HEADER = '# Settings of memtop, saved with the key S. Comments and settings added by hand are kept.\n';

/**
 * Saves settings. `usual` are the settings without a file. A file that has changed since it was read is not touched the first time: the
 * user is told, and saving again puts the settings into the changed file. Never throws for what a file system can do.
 */
export async function saveSettings(
  file: SettingsFile | undefined,
  values: Partial<FileSettings>,
  usual: FileSettings,
): Promise<SaveResult> {
  if (file === undefined) return { notice: 'not saved: HOME is not set', file };
  if (file.path === NO_FILE) return { notice: `not saved: the settings file is ${NO_FILE}`, file };
  const path = clean(file.path);
  try {
    const text = readText(file.path);
    if (text !== file.text) {
      const what = text === undefined ? 'was removed' : file.text === undefined ? 'was created' : 'was changed';
      const known = { path: file.path, text };
      return { notice: `not saved: ${path} ${what} since memtop read it; press S again to save anyway`, file: known };
    }
    const changes = changesOf({ ...usual, ...(await statedIn(file)) }, values);
    const names = Object.keys(changes);
    if (names.length === 0) return { notice: `nothing to save: ${path} is up to date`, file };
    const { editedToml } = await import('./edit.ts');
    const next = editedToml(text ?? HEADER, changes);
    write(file, next);
    return { notice: `saved to ${path}: ${names.join(', ')}`, file: { path: file.path, text: next } };
  } catch (error) {
    return { notice: `not saved: ${clean(whyNot(error))}`, file };
  }
}

async function statedIn(file: SettingsFile): Promise<Partial<FileSettings>> {
  if (file.text === undefined) return {};
  const { readSettings } = await import('./read.ts');
  return readSettings(file);
}

/** The settings to write: those that differ from the file, or from the usual ones where the file does not have them. */
function changesOf(before: FileSettings, values: Partial<FileSettings>): Record<string, Toml> {
  const changes: Record<string, Toml> = {};
  for (const setting of SETTINGS) {
    if (setting.isSaved !== true || !(setting.name in values)) continue;
    const now = setting.tomlOf(values as FileSettings);
    if (JSON.stringify(now) !== JSON.stringify(setting.tomlOf(before))) changes[setting.name] = now;
  }
  return changes;
}

/** A link to the file stays, and what it names is replaced. */
function write({ path, text }: SettingsFile, next: string): void {
  writeFile(path, next, { choice: 'own', mayReplace: () => readText(path) === text, remedy: REMEDY });
}

const REMEDY = 'Choose a file in a folder that you own with --config or MEMTOP_CONFIG.';

function whyNot(error: unknown): string {
  const { path, message, next } = error as NodeJS.ErrnoException & { next?: string };
  const reason = whyNotWritten(error);
  if (reason !== undefined) return `${path === undefined ? '' : `${path}: `}${reason}`;
  return next === undefined ? message : `${message} ${next}`;
}
