// Finds the files of a recording and the members in them.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../errors/user-error.ts';
import { oldFiles } from '../files/growing-file.ts';
import { findHeader, HEADER_BYTES, timeIn } from './member.ts';
import { type Member, readMember } from './member-reader.ts';

/** A part that can be read by itself: a member, or a whole file of documents of `memtop -o ndjson`. */
export interface RecordedPart {
  readonly path: string;
  /** When it begins, in milliseconds since the epoch, as its header says; undefined where that has none. */
  readonly time: number | undefined;
  read(): Member;
}

/** Bytes read at a time when searching for headers. */
const CHUNK = 4 * 1024 * 1024;

/** The largest file of printed documents that is read, and what it may become uncompressed. */
const LARGEST = 256 * 1024 * 1024;

/**
 * The parts of a recording, the oldest first: those of FILE.2 before those of FILE.1, and those of FILE last.
 *
 * @throws UserError when the file does not exist or is not a recording
 */
export function partsOf(path: string): readonly RecordedPart[] {
  const files = [path, ...oldFiles(path).map((file) => file.path)].reverse();
  const parts = files.flatMap((file) => partsOfFile(file));
  if (parts.length === 0) throw new UserError(`${path} is empty.`, 'Nothing has been recorded in it yet.');
  return parts;
}

function partsOfFile(path: string): readonly RecordedPart[] {
  const file = new ReadableFile(path);
  try {
    if (file.size === 0) return [];
    const start = file.bytes(0, HEADER_BYTES);
    if (timeIn(start, 0) !== undefined) return membersOf(file);
    if (isGzip(start) || start[0] === 0x7b) return [{ path, time: undefined, read: () => printed(path) }];
  } finally {
    file.close();
  }
  throw new UserError(
    `${path} is not a recording.`,
    'memtop replay reads what memtop record and memtop -o ndjson have written.',
  );
}

function isGzip(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}

function membersOf(file: ReadableFile): readonly RecordedPart[] {
  const { path } = file;
  const found: { at: number; time: number | undefined }[] = [];
  for (let from = 0; from < file.size; from += CHUNK) {
    // A header may lie across two chunks.
    const bytes = file.bytes(from, CHUNK + HEADER_BYTES - 1);
    for (let at = findHeader(bytes); at >= 0 && at < CHUNK; at = findHeader(bytes, at + 1)) {
      found.push({ at: from + at, time: timeIn(bytes, at) });
    }
  }
  const places = found.map(({ at }) => at);
  return found.map(({ time }, index) => ({ path, time, read: () => memberAt(path, places.slice(index)) }));
}

/**
 * The member that begins at the first of some places. Compressed data may look like a header by chance: a member that is
 * not whole up to the next place may be up to the one after it.
 */
function memberAt(path: string, [at = 0, next, afterNext]: readonly number[]): Member {
  const file = new ReadableFile(path);
  try {
    const upTo = (end: number | undefined) => readMember(file.bytes(at, (end ?? file.size) - at), end === undefined);
    const member = upTo(next);
    if (member.state === 'whole' || next === undefined) return member;
    const longer = upTo(afterNext);
    return longer.state === 'whole' ? longer : member;
  } finally {
    file.close();
  }
}

/** Lines of `memtop -o ndjson`, compressed or not; the last one may have been cut. */
function printed(path: string): Member {
  const file = new ReadableFile(path);
  try {
    const bytes = file.bytes(0, Math.min(file.size, LARGEST));
    const text = isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes;
    const lines = text.toString('utf8').split('\n');
    const isCut = lines.at(-1) !== '';
    return { lines: lines.slice(0, -1), state: isCut ? 'unfinished' : 'whole', excess: 0 };
  } catch {
    return { lines: [], state: 'damaged', excess: 0 };
  } finally {
    file.close();
  }
}

/** A regular file, open for reading. */
class ReadableFile {
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

function opened(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const sentence = code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read: ${message}.`;
    throw new UserError(sentence, 'Name the file of a recording.');
  }
}
