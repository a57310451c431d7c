// A file replaced as a whole: whoever reads it meanwhile, or loses power, has the old text or the new one.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Settings are no secret, and the folder is as the XDG Base Directory Specification wants it. */
const FILE_MODE = 0o644;
const FOLDER_MODE = 0o700;

/**
 * Writes the text beside the file and renames it over it (rename(2)). The mode of the file before is kept.
 *
 * @param before the file that is to be replaced; undefined when there is none
 * @param isUnchanged asked at the last moment
 * @throws Error when it changed meanwhile, or when the file system refuses; then the file is as it was
 */
export function replaceFile(target: string, text: string, before: Stats | undefined, isUnchanged: () => boolean): void {
  const folder = dirname(target);
  makeFolder(folder);
  const temporary = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  // Never over a file that is there, and never through a link.
  const descriptor = openSync(temporary, 'wx', FILE_MODE);
  try {
    try {
      if (before !== undefined) fchmodSync(descriptor, before.mode & 0o777);
      writeFileSync(descriptor, text);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    const now = statSync(target, { throwIfNoEntry: false });
    if (now?.ino !== before?.ino || !isUnchanged()) throw new Error(`${target} was changed at this very moment`);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** With those above it. One by one: mkdirSync({ recursive }) never returns where mkdir(2) says ENOENT for ever, as /proc does. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder, { mode: FOLDER_MODE });
}
