// Finds the files of a recording and the parts in them.
import { UserError } from '../errors/user-error.ts';
import { oldFiles } from '../files/growing-file.ts';
import { findHeader, HEADER_BYTES, isCutHeader, timeIn } from './member.ts';
import { type Member, readMember } from './member-reader.ts';
import { type ReadableFile, reading } from './readable-file.ts';
import type { RecordedMember, RecordedPart } from './recorded-part.ts';
import { partOfGzip, partsOfText } from './saved-streams.ts';

/** Bytes read at a time when searching for headers. */
const CHUNK = 256 * 1024;

/** No member is larger: it ends soon after 1 MiB. */
const LARGEST_MEMBER = 8 * 1024 * 1024;

/**
 * The parts of a recording, the oldest first: those of FILE.2 before those of FILE.1, and those of FILE last.
 *
 * @throws UserError when the file does not exist or is not a recording
 */
export function partsOf(path: string): readonly RecordedPart[] {
  const files = [path, ...oldFiles(path).map((file) => file.path)].reverse();
  const parts = files.flatMap((file) => reading(file, partsOfFile));
  if (parts.length === 0) throw new UserError(`${path} is empty.`, 'Nothing has been recorded in it yet.');
  return parts;
}

/** The error for a file with other content. */
export function notRecording(path: string): UserError {
  return new UserError(
    `${path} is not a recording.`,
    'memtop replay reads what memtop record and memtop -o ndjson have written.',
  );
}

function partsOfFile(file: ReadableFile): readonly RecordedPart[] {
  const start = file.bytes(0, HEADER_BYTES);
  if (start.length === 0 || isCutHeader(start)) return [];
  const stream = partsOfText(file);
  if (stream !== undefined) return stream;
  const members = membersOf(file);
  const [first] = members;
  if (first?.at === 0) return members;
  const gzip = partOfGzip(file, first?.at);
  if (gzip !== undefined) return [gzip, ...members];
  if (first === undefined) throw notRecording(file.path);
  // The header of the first member was changed.
  const read = (): Member => ({ lines: [], state: 'damaged', size: first.at });
  return [{ path: file.path, kind: 'member', at: 0, time: undefined, read }, ...members];
}

function membersOf(file: ReadableFile): readonly RecordedPart[] {
  const { path } = file;
  const found: { readonly at: number; readonly time: number | undefined }[] = [];
  for (let from = 0; from < file.size; from += CHUNK) {
    // A header may lie across two chunks.
    const bytes = file.bytes(from, CHUNK + HEADER_BYTES - 1);
    for (let at = findHeader(bytes); at >= 0 && at < CHUNK; at = findHeader(bytes, at + 1)) {
      found.push({ at: from + at, time: timeIn(bytes, at) });
    }
  }
  const places = found.map(({ at }) => at);
  return found.map(({ at, time }, index) => {
    const read = () => reading(path, (again) => memberAt(again, at, places.slice(index + 1)));
    return { path, kind: 'member', at, time, read };
  });
}

/**
 * The member that begins at an offset, before the places of other headers. Compressed data may look like a header: a
 * member that is not whole up to the next place may be whole with what follows.
 */
function memberAt(file: ReadableFile, at: number, places: readonly number[]): RecordedMember {
  const [next] = places;
  const upTo = (end: number) => readMember(file.bytes(at, end - at), end === file.size);
  const near = upTo(next ?? file.size);
  const isTried = near.state === 'whole' || next === undefined;
  const far = isTried ? near : upTo(Math.min(file.size, at + LARGEST_MEMBER));
  const member = far.state === 'damaged' ? near : far;
  return member.state === 'whole' ? { ...member, ...followed(file, at + member.size, places) } : member;
}

/** What is between the end of a whole member and the next header or the end of the file, where there is something. */
function followed(file: ReadableFile, end: number, places: readonly number[]): Pick<RecordedMember, 'followedBy'> {
  const next = places.find((place) => place >= end);
  const rest = file.bytes(end, Math.min(HEADER_BYTES, (next ?? file.size) - end));
  if (rest.length === 0) return {};
  return { followedBy: next === undefined && isCutHeader(rest) ? 'cut' : 'damage' };
}
