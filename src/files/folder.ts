// A folder that memtop makes for others to read.
import { chmodSync, lstatSync } from 'node:fs';
import { UserError } from '../errors/user-error.ts';
import { placeFor } from './place.ts';

const READABLE = 0o755;

/**
 * Creates a folder that all users can read and only its owner can change, or checks an existing one. Ignores the umask.
 *
 * @throws UserError where another user could change it, or what is there is something else
 * @throws Error with a code, as the system calls have them
 */
export function makeReadableFolder(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    placeFor(`${path}/file`, 'own').folder.close();
    chmodSync(path, READABLE);
  }
  const { uid, mode } = lstatSync(path);
  const isOwn = process.geteuid === undefined || uid === process.geteuid();
  if ((mode & 0o170777) === (0o040000 | READABLE) && isOwn) return;
  throw new UserError(`${path} is not a folder that you own and others can read.`, 'Remove it, or move it away.');
}
