// The text of a settings file, read so that nothing that lies in its place can hang or flood memtop.
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { UserError } from '../../errors/user-error.ts';
import { clean } from '../../text/clean.ts';
import { quoted } from '../values.ts';
import { NO_FILE } from './place.ts';

/** Larger files are refused, in bytes. */
export const LARGEST = 64 * 1024;

/** What a file is for, and what it must be. */
export interface FileKind {
  /** As an error names it: `settings file`. */
  readonly noun: string;
  /** What to do about a file that cannot be read. */
  readonly next: string;
  /** Bytes. */
  readonly largest: number;
  /** @throws UserError where what is open must not be read; `facts` are of the open file */
  check?(path: string, facts: Stats): void;
}

const SETTINGS_FILE: FileKind = {
  noun: 'settings file',
  next: 'Name another file with --config or MEMTOP_CONFIG, or /dev/null for none.',
  largest: LARGEST,
};

/** How often a file that changes while it is read is read again. */
const TRIES = 5;

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
export function readText(path: string, kind: FileKind = SETTINGS_FILE): string | undefined {
  if (path === NO_FILE) return undefined;
  const bytes = trying(path, kind, () => {
    // Checked first: opening a device can already have an effect.
    const mode = modeOf(path);
    if (mode === undefined) return undefined;
    refuseKind(path, mode, kind);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const read = readPlain(path, kind);
      if (read !== undefined) return read;
    }
    throw new UserError(`${quoted(path)} changes while it is read.`, 'Try again once it has been written.');
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

/**
 * A pipe that took the file's place meanwhile does not hold up an open that never waits (open(2), O_NONBLOCK). Undefined
 * where the file was written in the meantime; one that was replaced is read as it was.
 */
function readPlain(path: string, kind: FileKind): Uint8Array | undefined {
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
  try {
    const before = fstatSync(descriptor);
    refuseKind(path, before.mode, kind);
    kind.check?.(path, before);
    const buffer = new Uint8Array(Math.min(kind.largest, Math.max(before.size, LARGEST)) + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    }
    if (length > kind.largest) {
      const most = `The most is ${kind.largest / 1024} KiB.`;
      throw new UserError(`${quoted(path)} is too large for a ${kind.noun}.`, most);
    }
    const after = fstatSync(descriptor);
    const isSteady = after.size === before.size && after.mtimeMs === before.mtimeMs && length <= buffer.length - 1;
    return isSteady ? buffer.subarray(0, length) : undefined;
  } finally {
    closeSync(descriptor);
  }
}

function refuseKind(path: string, mode: number, { noun, next }: FileKind): void {
  const type = mode & constants.S_IFMT;
  if (type === constants.S_IFREG) return;
  const what = KINDS.find(([bits]) => bits === type)?.[1] ?? 'no file';
  throw new UserError(`${quoted(path)} is ${what}, not a ${noun}.`, next);
}

function trying<Value>(path: string, { noun, next }: FileKind, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof UserError || code === undefined) throw error;
    const why = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code;
    throw new UserError(`The ${noun} ${quoted(path)} cannot be read: ${why}.`, next);
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
