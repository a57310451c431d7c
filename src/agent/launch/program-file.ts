// The file that a command's name leads to, as execvp(3) finds it.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Undefined where there is none that may be executed, and where PATH has an entry that depends on the current folder
 * before the file is found.
 *
 * @param path as in PATH
 */
export function programFile(name: string, path: string | undefined): string | undefined {
  if (name === '') return undefined;
  if (name.includes('/')) return isExecutable(name) ? name : undefined;
  for (const folder of path?.split(delimiter) ?? []) {
    if (!isAbsolute(folder)) return undefined;
    if (isExecutable(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/** A plain file that this user may execute: access(2), which also knows file systems mounted noexec. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
