// A file that is read in pieces.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../errors/user-error.ts';

/** A regular file, open for reading. */
export class ReadableFile {
  readonly path: string;
  readonly size: number;
  readonly #descriptor: number;

  /** @throws UserError when the file cannot be opened or is not a regular file */
  constructor(path: string) {
    this.path = path;
    this.#descriptor = opened(path);
    const facts = fstatSync(this.#descriptor);
    this.size = facts.size;
    if (facts.isFile()) return;
    this.close();
    throw new UserError(`${path} is not a regular file.`, 'Name the file of a recording.');
  }

  /** Up to `most` bytes from an offset. */
  bytes(from: number, most: number): Buffer {
    const bytes = Buffer.alloc(Math.max(0, Math.min(most, this.size - from)));
    return bytes.subarray(0, readSync(this.#descriptor, bytes, 0, bytes.length, from));
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

/** Reads a file, and closes it in any case. @throws UserError as the constructor does */
export function reading<Result>(path: string, read: (file: ReadableFile) => Result): Result {
  const file = new ReadableFile(path);
  try {
    return read(file);
  } finally {
    file.close();
  }
}

function opened(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const sentence = code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read: ${message}.`;
    throw new UserError(sentence, 'Name the file of a recording.');
  }
}
