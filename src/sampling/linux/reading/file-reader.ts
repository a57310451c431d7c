// Reads the small files of a /proc tree, all into one reused buffer.
import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { Gap } from '../../../model/snapshot/gap.ts';

/** Why a file could not be read. */
export type Why = Gap['why'];

/** A FIFO in a copied /proc must not block the program; real /proc files ignore the flag. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK;

/** The size of the buffer. seq_file returns at most a page or one record at a time, however much is requested. */
const FIRST_SIZE = 16 * 1024;

/** ARG_MAX is far below this; no file of /proc that is read here comes near. */
const LARGEST = 4 * 1024 * 1024;

/** The guard that a reader consults before a read that may never return. */
export interface Guard {
  mayBlock(path: string): boolean;
  read(path: string, limit: number): Buffer | Why;
}

/**
 * Synchronous on purpose: these files are made on the spot by the kernel and never wait for a disk, and a promise costs
 * twenty times what the read does. What may wait all the same is left to the guard's child, and is `late` until then.
 */
export class FileReader {
  /** What was read last. Its content is good until the next read. */
  bytes: Buffer = Buffer.allocUnsafe(FIRST_SIZE);
  readonly #guard: Guard | undefined;

  constructor(guard?: Guard) {
    this.#guard = guard;
  }

  /** Opens a file for `again`. Returns the descriptor, or why it could not be read. */
  open(path: string): number | Why {
    if (this.#guard?.mayBlock(path) === true) return 'late';
    try {
      return openSync(path, FLAGS);
    } catch (error) {
      return whyOf(error);
    }
  }

  /** Reads a file of one short record, such as /proc/PID/stat, from an open descriptor. Returns its length. */
  again(descriptor: number): number | Why {
    try {
      return readSync(descriptor, this.bytes, 0, FIRST_SIZE, 0);
    } catch (error) {
      return whyOf(error);
    }
  }

  /** Opens, reads and closes a file of one short record. Returns its length. */
  once(path: string): number | Why {
    return this.#opened(
      path,
      () => this.byChild(path, FIRST_SIZE),
      (descriptor) => readSync(descriptor, this.bytes, 0, FIRST_SIZE, null),
    );
  }

  /** Reads a file to its end, or `limit` bytes of it. Returns how many there are in `bytes`. */
  all(path: string, limit: number = LARGEST): number | Why {
    const most = Math.min(limit, LARGEST);
    return this.#opened(
      path,
      () => this.byChild(path, most),
      (descriptor) => this.#fill(descriptor, most),
    );
  }

  /**
   * The same for a file that a read takes from as far as it goes, such as /proc/PID/cmdline (proc_pid_cmdline_read() in
   * fs/proc/base.c): a read that is cut short has reached its end, and needs no other to find that out.
   */
  upToEnd(path: string, limit: number = LARGEST): number | Why {
    const most = Math.min(limit, LARGEST);
    return this.#opened(
      path,
      () => this.byChild(path, most),
      (descriptor) => {
        const wanted = Math.min(this.bytes.length, most);
        const length = readSync(descriptor, this.bytes, 0, wanted, null);
        return length < wanted ? length : this.#fill(descriptor, most, length);
      },
    );
  }

  /**
   * Has a child read a file whose read may never return: that of a process that is stuck. Returns how many bytes there
   * are in `bytes`, or why there are none: `late` as long as the child has brought none.
   */
  byChild(path: string, limit: number = LARGEST): number | Why {
    const content = this.#guard?.read(path, Math.min(limit, LARGEST)) ?? 'late';
    if (typeof content === 'string') return content;
    while (this.bytes.length < content.length) this.#grow();
    return content.copy(this.bytes);
  }

  /**
   * Reads a file piece by piece, since it may be too long to hold in memory. `take` is given the bytes and how
   * many there are, and returns how many of them it is done with; the rest comes first in the next piece.
   *
   * @returns how many bytes there were, or why there is an end to it: `malformed` when some were left in the end,
   * `unsupported` when there are more than `limit`.
   */
  pieces(path: string, limit: number, take: (bytes: Buffer, length: number) => number): number | Why {
    return this.#opened(
      path,
      () => this.piecesByChild(path, limit, take),
      (descriptor) => this.#fillInPieces(descriptor, limit, take),
    );
  }

  /** The same by a child, which brings all pieces at once. */
  piecesByChild(path: string, limit: number, take: (bytes: Buffer, length: number) => number): number | Why {
    const content = this.#guard?.read(path, limit + 1) ?? 'late';
    if (typeof content === 'string') return content;
    if (content.length > limit) return 'unsupported';
    return take(content, content.length) === content.length ? content.length : 'malformed';
  }

  /** The whole file as text, invalid bytes replaced, or why it could not be read. */
  text(path: string): { text: string } | { why: Why } {
    const length = this.all(path);
    return typeof length === 'number' ? { text: this.bytes.toString('utf8', 0, length) } : { why: length };
  }

  /** Hands an open file to `read` and closes it, unless the read is one for the guard's child. */
  #opened(path: string, byChild: () => number | Why, read: (descriptor: number) => number | Why): number | Why {
    if (this.#guard?.mayBlock(path) === true) return byChild();
    let descriptor = -1;
    try {
      descriptor = openSync(path, FLAGS);
      return read(descriptor);
    } catch (error) {
      return whyOf(error);
    } finally {
      if (descriptor !== -1) closeSync(descriptor);
    }
  }

  #fillInPieces(
    descriptor: number,
    limit: number,
    take: (bytes: Buffer, length: number) => number,
  ): number | 'malformed' | 'unsupported' {
    let total = 0;
    let retained = 0;
    for (;;) {
      if (retained === this.bytes.length) return 'malformed';
      const read = readSync(descriptor, this.bytes, retained, this.bytes.length - retained, null);
      if (read === 0) return retained === 0 ? total : 'malformed';
      total += read;
      if (total > limit) return 'unsupported';
      const done = take(this.bytes, retained + read);
      this.bytes.copy(this.bytes, 0, done, retained + read);
      retained += read - done;
    }
  }

  /** Reads to the end, some bytes having been read already. */
  #fill(descriptor: number, limit: number, already = 0): number {
    let length = already;
    while (length < limit) {
      if (length === this.bytes.length) this.#grow();
      const read = readSync(descriptor, this.bytes, length, Math.min(this.bytes.length, limit) - length, null);
      if (read === 0) break;
      length += read;
    }
    return length;
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(this.bytes.length * 4);
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}

/**
 * The meaning of a file system error for a file of a process. ESRCH is what a kept descriptor of /proc/PID/…
 * answers once the process has gone (proc(5)).
 */
export function whyOf(error: unknown): Why {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ESRCH':
    case 'ENOTDIR':
      return 'gone';
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    case 'EMFILE':
    case 'ENFILE':
      return 'too-many-files';
    case 'EIO':
    case 'ENOMEM':
      return 'failed';
    default:
      return 'unsupported';
  }
}
