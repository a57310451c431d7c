// Saved streams: documents of `memtop -o ndjson` in a file, compressed or not.
import { constants, gunzipSync } from 'node:zlib';
import { UserError } from '../errors/user-error.ts';
import type { Member } from './member-reader.ts';
import { type ReadableFile, reading } from './readable-file.ts';
import type { RecordedPart } from './recorded-part.ts';

/** How large a compressed stream may become. */
const LARGEST = 256 * 1024 * 1024;

/** A stream that is not compressed is read in parts of about this size. */
const PART = 16 * 1024 * 1024;

/** Bytes at the beginning that are enough to recognize a stream by, and bytes read at a time when searching a line feed. */
const BEGINNING = 4096;
const WINDOW = 65_536;

const LINE_FEED = 0x0a;

/** What every document begins with. */
const DOCUMENT = /^\{"version":\d+,/;

/** The parts of a stream that is not compressed, cut at line feeds; undefined when the file is not one. */
export function partsOfText(file: ReadableFile): readonly RecordedPart[] | undefined {
  const { path, size } = file;
  if (!DOCUMENT.test(file.bytes(0, BEGINNING).toString('latin1'))) return undefined;
  const starts = [0];
  for (let at = afterLineFeed(file, PART); at < size; at = afterLineFeed(file, at + PART)) starts.push(at);
  return starts.map((at, index) => {
    const end = starts[index + 1] ?? size;
    return { path, kind: 'stream', at, time: timeIn(file.bytes(at, BEGINNING)), read: () => textFrom(path, at, end) };
  });
}

/** The offset of the line after the next line feed; the size of the file without one. */
function afterLineFeed(file: ReadableFile, from: number): number {
  for (let at = from; at < file.size; at += WINDOW) {
    const found = file.bytes(at, WINDOW).indexOf(LINE_FEED);
    if (found >= 0) return at + found + 1;
  }
  return file.size;
}

/** The time of the document that begins there. */
function timeIn(beginning: Buffer): number | undefined {
  const [, text = ''] = /^\{"version":\d+,"time":"([^"]{1,30})"/.exec(beginning.toString('latin1')) ?? [];
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function textFrom(path: string, at: number, end: number): Member {
  return memberOf(
    reading(path, (file) => file.bytes(at, end - at)),
    end - at,
  );
}

/** A compressed stream that takes the file up to `size`; undefined when the file does not begin with one. */
export function partOfGzip(file: ReadableFile, size = file.size): RecordedPart | undefined {
  const { path } = file;
  const beginning = file.bytes(0, WINDOW);
  if (beginning[0] !== 0x1f || beginning[1] !== 0x8b) return undefined;
  const text = inflated(beginning, constants.Z_SYNC_FLUSH);
  if (text === undefined || !DOCUMENT.test(text.toString('latin1', 0, BEGINNING))) return undefined;
  return { path, kind: 'stream', at: 0, time: undefined, read: () => gzipIn(path, size) };
}

function gzipIn(path: string, size: number): Member {
  const bytes = reading(path, (file) => file.bytes(0, size));
  const whole = inflated(bytes, constants.Z_FINISH);
  if (whole !== undefined) return memberOf(whole, size);
  const begun = inflated(bytes, constants.Z_SYNC_FLUSH);
  if (begun === undefined) return { lines: [], state: 'damaged', size };
  return { ...memberOf(begun, size), state: 'unfinished' };
}

/**
 * Undefined when the data are damaged; with Z_FINISH also when they end early.
 *
 * @throws UserError when there is too much of it
 */
function inflated(bytes: Buffer, finishFlush: number): Buffer | undefined {
  try {
    return gunzipSync(bytes, { finishFlush, maxOutputLength: LARGEST });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw new UserError('The stream is too large to be read compressed.', 'Decompress it first, with gunzip.');
  }
}

/** Lines that may end in the middle of one. */
function memberOf(text: Buffer, size: number): Member {
  const lines = text.toString('utf8').split('\n');
  return { lines: lines.slice(0, -1), state: lines.at(-1) === '' ? 'whole' : 'unfinished', size };
}
