// Whether another user could change what is read from a file: asked before root does what a file says.
import type { Stats } from 'node:fs';
import { resolve } from 'node:path';
import { walk } from '../../bin/ancestry.js';

const WRITABLE_BY_OTHERS = 0o022;

/**
 * What another user could change on the way to a file or in the file itself, as the beginning of a sentence; undefined
 * where only root and the user can. `facts` are of the open file.
 */
export function changeableByOthers(
  path: string,
  { uid, mode }: Pick<Stats, 'uid' | 'mode'>,
  user = process.geteuid?.(),
): string | undefined {
  if (user === undefined) return undefined;
  if (uid !== 0 && uid !== user) return `${path} belongs to another user (uid ${uid})`;
  if ((mode & WRITABLE_BY_OTHERS) !== 0) return `${path} can be changed by other users`;
  try {
    return walk(resolve(path), { user }).fault?.message;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
