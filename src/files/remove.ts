// Takes a file away, through the folder that is held.
import { unlinkSync } from 'node:fs';
import type { HeldFolder } from './held-folder.ts';

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
