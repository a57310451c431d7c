// Removes files and folders, by way of a folder held open.
import { openSync, readdirSync, renameSync, rmdirSync, unlinkSync } from 'node:fs';
import { FOLDER_FLAGS, type HeldFolder, hold } from './held-folder.ts';

/** Removes one name from a held folder; false where that is not possible. Never through a link, never a folder (unlink(2)). */
export function removeFrom(folder: HeldFolder, name: string): boolean {
  if (name === '' || name.includes('/')) return false;
  try {
    unlinkSync(`${folder.path}/${name}`);
    return true;
  } catch {
    return false;
  }
}

/**
 * Removes the files of a folder whose names belong there, and then the folder if that leaves it empty. Never through a
 * link: anything that is not a folder stays, and so do other files in it. Linux only.
 */
export function removeFolder(path: string, belongs: (name: string) => boolean): void {
  let held: HeldFolder;
  try {
    held = hold(openSync(path, FOLDER_FLAGS));
  } catch {
    return;
  }
  try {
    for (const name of readdirSync(held.path)) if (belongs(name)) removeFrom(held, name);
    rmdirSync(path);
  } catch {
    // Something else is in it.
  } finally {
    held.close();
  }
}

/**
 * Renames a folder within its parent, so that it cannot be found while it is being removed.
 *
 * @throws Error with a code, as rename(2) has them
 */
export function renameFolder(from: string, to: string): void {
  renameSync(from, to);
}
