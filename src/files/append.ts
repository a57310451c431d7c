// Lines at the end of a file that never grows beyond a limit, such as a log.
import { closeSync, constants, fchmodSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { UserError } from '../errors/user-error.ts';
import { type Place, placeFor } from './place.ts';
import { writeFile } from './write.ts';

const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_WRONLY } = constants;
const FILE_MODE = 0o600;
const LINE_FEED = 0x0a;

/**
 * Adds text, whole lines, to the end of a file of memtop's own, and makes the file where it is missing. Where it would
 * grow beyond the limit, the older half of its content is dropped first.
 *
 * @param limit bytes
 * @throws UserError where another user could lead the file elsewhere, or what is there is not the user's own plain file
 * @throws Error with a code, as the system calls have them
 */
export function appendFile(path: string, text: string, limit: number): void {
  const bytes = Buffer.from(text).subarray(-Math.floor(limit / 2));
  const place = placeFor(path, 'own');
  try {
    const file = `${place.folder.path}/${place.name}`;
    const descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, FILE_MODE);
    try {
      const size = ownSize(descriptor, place);
      if (size + bytes.length <= limit) {
        writeSync(descriptor, bytes);
        return;
      }
    } finally {
      closeSync(descriptor);
    }
    const retained = lastLines(file, Math.floor(limit / 2));
    writeFile(path, Buffer.concat([retained, bytes]), { choice: 'own', mayReplace: () => true });
  } finally {
    place.folder.close();
  }
}

/** Its size in bytes, after checking that the user owns it, that it has one link and that no other user can open it. */
function ownSize(descriptor: number, { path }: Place): number {
  const facts = fstatSync(descriptor);
  const own = process.geteuid?.();
  if (!facts.isFile() || facts.nlink !== 1 || (own !== undefined && facts.uid !== own)) {
    throw new UserError(`${path} is not a regular file that you own.`, 'Remove it, or move it away.');
  }
  if ((facts.mode & 0o077) !== 0 && own !== undefined) fchmodSync(descriptor, FILE_MODE);
  return facts.size;
}

/** The last whole lines of the file, `most` bytes at most. */
function lastLines(file: string, most: number): Uint8Array {
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const { size } = fstatSync(descriptor);
    const from = Math.max(0, size - most);
    const bytes = Buffer.alloc(Math.min(size, most));
    const tail = bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
    return from === 0 ? tail : tail.subarray(tail.indexOf(LINE_FEED) + 1);
  } finally {
    closeSync(descriptor);
  }
}
