// The text of a settings file, read so that nothing that lies in its place can hang or flood memtop.
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { UserError } from '../../errors/user-error.ts';
import { clean } from '../../text/clean.ts';
import { quoted } from '../values.ts';
import { NO_FILE } from './place.ts';

/** Larger files are refused, in bytes. */
export const LARGEST = 64 * 1024;

/** What can lie in the place of a file (inode(7)). */
const KINDS: readonly [number, string][] = [
  [constants.S_IFDIR, 'a folder'],
  [constants.S_IFIFO, 'a pipe'],
  [constants.S_IFSOCK, 'a socket'],
  [constants.S_IFCHR, 'a device'],
  [constants.S_IFBLK, 'a device'],
];

/**
 * The content of the file; undefined when there is no file.
 *
 * @throws UserError when it is not a regular file, too large, unreadable, or not UTF-8
 */
export function readText(path: string): string | undefined {
  if (path === NO_FILE) return undefined;
  const bytes = trying(path, () => {
    // Checked first: opening a device can already have an effect.
    const mode = modeOf(path);
    if (mode === undefined) return undefined;
    refuseKind(path, mode);
    return readPlain(path);
  });
  return bytes === undefined ? undefined : decoded(path, bytes);
}

/** What lies there; undefined for nothing, and where one may not look: HOME can be left from another user (su(1), sudo(8)). */
function modeOf(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mode;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** A pipe that took the file's place meanwhile does not hold up an open that never waits (open(2), O_NONBLOCK). */
function readPlain(path: string): Uint8Array {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  try {
    refuseKind(path, fstatSync(descriptor).mode);
    const buffer = new Uint8Array(LARGEST + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    }
    if (length > LARGEST) {
      throw new UserError(`${quoted(path)} is too large for a settings file.`, `The most is ${LARGEST / 1024} KiB.`);
    }
    return buffer.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

function refuseKind(path: string, mode: number): void {
  const kind = mode & constants.S_IFMT;
  if (kind === constants.S_IFREG) return;
  const what = KINDS.find(([bits]) => bits === kind)?.[1] ?? 'no file';
  throw new UserError(`${quoted(path)} is ${what}, not a settings file.`, NEXT);
}

const NEXT = 'Name another file with --config or MEMTOP_CONFIG, or /dev/null for none.';

function trying<Value>(path: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof UserError || code === undefined) throw error;
    const why = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code;
    throw new UserError(`The settings file ${quoted(path)} cannot be read: ${why}.`, NEXT);
  }
}

function decoded(path: string, bytes: Uint8Array): string {
  try {
    // A byte order mark is not part of the text, and stays when the file is saved: it is taken off by the parser.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const line = lineOfBadByte(bytes);
    throw new UserError(`${clean(path)}:${line}: Invalid UTF-8.`, 'Save the file as UTF-8.');
  }
}

/** The first line, counted from 1, that is not UTF-8. */
function lineOfBadByte(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for (let from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, from);
    const to = end < 0 ? bytes.length : end;
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return line;
    }
    from = to + 1;
  }
  return line;
}
