// A folder for files that memtop needs while it runs: its owner's alone, and removed in the end.
import { mkdtempSync } from 'node:fs';
import { removeFolder } from './remove.ts';

export interface PrivateFolder {
  readonly path: string;
  /** Removes it, with the files in it whose names belong there. */
  remove(belongs: (name: string) => boolean): void;
}

/**
 * Creates one with a name that is not taken (mkdtemp(3), mode 0700); undefined where none can be created.
 *
 * @param place the folder to create it in
 * @param name what its name begins with
 */
export function makePrivateFolder(place: string, name: string): PrivateFolder | undefined {
  try {
    const path = mkdtempSync(`${place}/${name}`);
    return { path, remove: (belongs) => removeFolder(path, belongs) };
  } catch {
    return undefined;
  }
}
