// The only way to write a file: atomically, into a new file that is then renamed, and never through a symbolic link.
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { UserError } from '../errors/user-error.ts';
import { type Place, type PlaceChoice, placeFor } from './place.ts';

/** Readable by its owner only. */
const FILE_MODE = 0o600;
const { O_CREAT, O_EXCL, O_NOFOLLOW = 0, O_WRONLY } = constants;

/** How a file is written. */
export interface Writing {
  /** Who chose the path. */
  readonly choice: PlaceChoice;
  /**
   * Called right before an existing file, which is a regular file of the user, is replaced. Nothing is replaced
   * without it.
   */
  readonly mayReplace?: (there: Stats) => boolean;
  /** Bits of chmod(2); by default those of the file replaced, else 0600. */
  readonly mode?: number;
  /** Skips fsync(2): the file may be lost in a power failure, because memtop can create it again. */
  readonly isForgettable?: boolean;
  /** The next step to suggest where the path is refused. */
  readonly remedy?: string;
}

/**
 * Writes a whole file. Readers see either the old file or the new one, also after a power failure.
 *
 * @throws UserError where another user could lead the file elsewhere, or where the existing file must not be replaced
 * @throws Error with a code, as the system calls have them; then the old file is unchanged
 */
export function writeFile(path: string, content: string | Uint8Array, writing: Writing): void {
  const place = placeFor(path, writing.choice, writing.remedy);
  try {
    const before = replaceable(place, writing);
    const temporary = `${place.folder.path}/.memtop-${randomName()}.tmp`;
    const descriptor = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, FILE_MODE);
    try {
      try {
        pour(descriptor, content);
        const mode = writing.mode ?? (before === undefined ? FILE_MODE : before.mode & 0o777);
        if (mode !== FILE_MODE) fchmodSync(descriptor, mode);
        if (writing.isForgettable !== true) fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      takeName(temporary, place, before, writing);
    } catch (error) {
      removeQuietly(temporary);
      throw error;
    }
  } finally {
    place.folder.close();
  }
}

/**
 * Checks, before there is something to write, that {@link writeFile} will not refuse the path.
 *
 * @throws as {@link writeFile}
 */
export function checkWriting(path: string, writing: Writing): void {
  const place = placeFor(path, writing.choice, writing.remedy);
  try {
    replaceable(place, writing);
    accessSync(place.folder.path, constants.W_OK);
  } finally {
    place.folder.close();
  }
}

/**
 * Creates a file that is written in pieces, such as a recording, and returns its descriptor. The file must not exist yet.
 *
 * @throws as {@link writeFile}
 */
export function createFile(path: string, { choice, mode = FILE_MODE, remedy }: Omit<Writing, 'mayReplace'>): number {
  const place = placeFor(path, choice, remedy);
  try {
    return openSync(join(place), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw isThere(place);
    throw error;
  } finally {
    place.folder.close();
  }
}

function join({ folder, name }: Place): string {
  return `${folder.path}/${name}`;
}

/** The existing file that may be replaced; undefined where there is none. */
function replaceable(place: Place, { mayReplace }: Writing): Stats | undefined {
  const there = lstatSync(join(place), { throwIfNoEntry: false });
  if (there === undefined) return undefined;
  const own = process.geteuid?.();
  if (!there.isFile()) throw new UserError(`${place.path} is not a regular file.`, 'Choose another name.');
  if (own !== undefined && there.uid !== own) {
    throw new UserError(`${place.path} belongs to another user (uid ${there.uid}).`, 'Choose another name.');
  }
  if (mayReplace === undefined || !mayReplace(there)) throw isThere(place);
  return there;
}

function isThere({ path }: Place): UserError {
  return new UserError(`${path} already exists.`, 'Choose another name, or remove it first.');
}

/**
 * To create a file, link(2) is used: it fails if the name exists by now. Some file systems lack it: there, and to
 * replace a file, rename(2) is used.
 */
function takeName(temporary: string, place: Place, before: Stats | undefined, writing: Writing): void {
  if (before === undefined) {
    try {
      linkSync(temporary, join(place));
      removeQuietly(temporary);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw isThere(place);
    }
  }
  const now = replaceable(place, { choice: writing.choice, mayReplace: writing.mayReplace ?? (() => false) });
  if (now?.ino !== before?.ino || now?.dev !== before?.dev) {
    throw new UserError(`${place.path} changed while it was being written.`, 'Try again.');
  }
  renameSync(temporary, join(place));
}

/** The global crypto: importing node:crypto would cost every start of memtop several milliseconds. */
function randomName(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString('hex');
}

function pour(descriptor: number, content: string | Uint8Array): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done);
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // What stays behind is an empty file of memtop's that nothing reads.
  }
}
