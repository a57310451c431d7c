// Records snapshots to a file, and rotates it: FILE.1 is the file before it.
import { UserError } from '../errors/user-error.ts';
import { GrowingFile, oldFiles, putAside, removeOldest } from '../files/growing-file.ts';
import type { Snapshot } from '../model/snapshot/snapshot.ts';
import { findHeader, HEADER_BYTES, isCutHeader, MARKED_BYTES, timeIn } from './member.ts';
import { mendingOf, readMember } from './member-reader.ts';
import { MemberWriter } from './member-writer.ts';

/** How much is kept. */
export interface Limits {
  /** Bytes that all files may take together. */
  readonly size?: number | undefined;
  /** Milliseconds. */
  readonly age?: number | undefined;
}

/** To stay within a limit whole files are removed, so a recording is spread over N files. */
const FILES = 8;

/** Bytes at the end of a file that contain its last member. */
const TAIL = 8 * 1024 * 1024;

/** Appends to a recording. Calls must not overlap. */
export class Recorder {
  /** Bytes written so far, and snapshots. */
  written = 0;
  samples = 0;
  /** True when the last member ended early and was completed. */
  readonly hasMended: boolean;
  readonly #path: string;
  readonly #limits: Limits;
  readonly #writer = new MemberWriter();
  #file: GrowingFile;
  #hasFailed = false;
  /** When the first snapshot in the file was taken, in milliseconds since the epoch; undefined while it is empty. */
  #since: number | undefined;

  /**
   * Opens a recording to continue it, or creates one.
   *
   * @throws UserError when the file is not a recording, or must not be written
   * @throws Error with a code, as the system calls have them
   */
  constructor(path: string, limits: Limits) {
    this.#path = path;
    this.#limits = limits;
    this.#file = new GrowingFile(path);
    try {
      this.#since = sinceOf(this.#file, path);
      this.hasMended = mend(this.#file);
    } catch (error) {
      this.#file.close();
      throw error;
    }
  }

  /** @throws Error with a code, as write(2) has them; then the file is as it was before */
  async add(snapshot: Snapshot): Promise<void> {
    if (this.#isFull(snapshot)) await this.#rotate();
    this.#write(await this.#writer.add(snapshot));
    this.#since ??= snapshot.time;
    this.samples += 1;
  }

  /** Ends the last member, and closes the file. After a failed write the member stays open: its end would not fit. */
  async close(): Promise<void> {
    try {
      if (!this.#hasFailed) this.#write(await this.#writer.end());
    } finally {
      this.#file.close();
    }
  }

  #write(bytes: Uint8Array): void {
    this.#hasFailed = true;
    this.#file.add(bytes);
    this.#hasFailed = false;
    this.written += bytes.length;
  }

  #isFull({ time }: Snapshot): boolean {
    const { size, age } = this.#limits;
    const isLarge = size !== undefined && this.#file.size >= size / FILES;
    return isLarge || (age !== undefined && this.#since !== undefined && time - this.#since >= age / FILES);
  }

  async #rotate(): Promise<void> {
    this.#write(await this.#writer.end());
    this.#file.close();
    putAside(this.#path);
    this.#file = new GrowingFile(this.#path);
    this.#since = undefined;
    while (this.#hasTooMuch()) removeOldest(this.#path);
  }

  #hasTooMuch(): boolean {
    const files = oldFiles(this.#path);
    const { size = Number.POSITIVE_INFINITY, age = Number.POSITIVE_INFINITY } = this.#limits;
    const total = files.reduce((sum, file) => sum + file.size, 0);
    const oldest = files.at(-1);
    // Leaves space for the file that is written next.
    return oldest !== undefined && (total > size - size / FILES || Date.now() - oldest.writtenAt > age);
  }
}

/** The time of the first snapshot; undefined for an empty file. @throws UserError for a file that is not a recording */
function sinceOf(file: GrowingFile, path: string): number | undefined {
  if (file.size === 0) return undefined;
  const beginning = file.read(0, HEADER_BYTES);
  const since = timeIn(beginning, 0);
  if (since !== undefined) return since;
  // The recorder was killed while it wrote the first bytes.
  if (isCutHeader(beginning) && beginning.length >= MARKED_BYTES) {
    file.cut(0);
    return undefined;
  }
  throw new UserError(`${path} is not a recording of memtop.`, 'Choose another name.');
}

/** Completes the last member when a crash or a full disk has cut it off; true when it did. */
function mend(file: GrowingFile): boolean {
  const from = Math.max(0, file.size - TAIL);
  const tail = file.read(from);
  let last = -1;
  for (let at = findHeader(tail); at >= 0; at = findHeader(tail, at + 1)) last = at;
  if (last < 0) return false;
  const bytes = tail.subarray(last);
  const { state, size } = readMember(bytes, true);
  // A new checksum must not make damaged data look right, and what follows a member may be one with a damaged header.
  if (state === 'damaged' || (state === 'whole' && !isCutHeader(bytes.subarray(size)))) return false;
  if (state === 'whole' && size === bytes.length) return false;
  const mending = state === 'whole' ? { retained: size, end: Buffer.alloc(0) } : mendingOf(bytes);
  file.cut(from + last + (mending?.retained ?? 0));
  if (mending !== undefined) file.add(mending.end);
  return true;
}
