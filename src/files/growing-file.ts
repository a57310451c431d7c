// A file that stays open and is appended to, such as a recording, and its rotated predecessors FILE.1, FILE.2, …
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { UserError } from '../errors/user-error.ts';
import { placeFor } from './place.ts';

const FILE_MODE = 0o600;
const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDWR } = constants;

/** An open file that bytes are appended to. */
export class GrowingFile {
  readonly #path: string;
  readonly #descriptor: number;
  #size: number;

  /**
   * Opens or creates a file; a new file has mode 0600. Symbolic links on the path are not followed.
   *
   * @throws UserError where another user could lead the file elsewhere, or for anything but a regular file of the user
   * @throws Error with a code, as the system calls have them
   */
  constructor(path: string) {
    const place = placeFor(path, 'named');
    this.#path = place.path;
    try {
      const flags = O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK;
      this.#descriptor = openSync(`${place.folder.path}/${place.name}`, flags, FILE_MODE);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ELOOP' || code === 'EISDIR' || code === 'ENXIO') throw notRegular(place.path);
      throw error;
    } finally {
      place.folder.close();
    }
    const facts = fstatSync(this.#descriptor);
    const own = process.geteuid?.();
    if (!facts.isFile() || facts.nlink !== 1 || (own !== undefined && facts.uid !== own)) {
      this.close();
      throw notRegular(place.path);
    }
    this.#size = facts.size;
  }

  /** Bytes. */
  get size(): number {
    return this.#size;
  }

  /** Up to `most` bytes from an offset. */
  read(from: number, most = Number.POSITIVE_INFINITY): Buffer {
    const bytes = Buffer.alloc(Math.max(0, Math.min(most, this.#size - from)));
    let done = 0;
    while (done < bytes.length) {
      const count = readSync(this.#descriptor, bytes, done, bytes.length - done, from + done);
      if (count === 0) break;
      done += count;
    }
    return bytes.subarray(0, done);
  }

  /**
   * Appends all of the bytes or none: on a full disk the file is cut back to its size before.
   *
   * @throws UserError when another program has changed or removed the file
   * @throws Error with a code, as write(2) has them
   */
  add(bytes: Uint8Array): void {
    const { size, nlink } = fstatSync(this.#descriptor);
    if (nlink === 0) throw new UserError(`${this.#path} was removed.`, 'Start the recording again.');
    if (size !== this.#size) {
      throw new UserError(`Another program writes to ${this.#path}.`, 'Choose another name.');
    }
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#descriptor, bytes, done, bytes.length - done);
    } catch (error) {
      this.cut(this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  /** Cuts the file to a size. */
  cut(size: number): void {
    ftruncateSync(this.#descriptor, size);
    this.#size = size;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function notRegular(path: string): UserError {
  return new UserError(`${path} is not a regular file that you own.`, 'Choose another name.');
}

/** A rotated file. */
export interface OldFile {
  readonly path: string;
  readonly size: number;
  /** When it was last written, milliseconds since the epoch. */
  readonly writtenAt: number;
}

/** The rotated files, the newest (FILE.1) first, up to the first missing number. */
export function oldFiles(path: string): readonly OldFile[] {
  const found: OldFile[] = [];
  for (let number = 1; ; number += 1) {
    const facts = lstatSync(`${path}.${number}`, { throwIfNoEntry: false });
    if (facts === undefined || !facts.isFile()) return found;
    found.push({ path: `${path}.${number}`, size: facts.size, writtenAt: facts.mtimeMs });
  }
}

/** Rotates: FILE.1 becomes FILE.2 and so on, then FILE becomes FILE.1. */
export function putAside(path: string): void {
  const files = [path, ...oldFiles(path).map((file) => file.path)];
  for (const [index, file] of [...files.entries()].reverse()) renameSync(file, `${path}.${index + 1}`);
}

/** Removes the rotated file with the highest number. */
export function removeOldest(path: string): void {
  const oldest = oldFiles(path).at(-1);
  if (oldest !== undefined) unlinkSync(oldest.path);
}
