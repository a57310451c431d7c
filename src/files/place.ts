// Where to write a file: follows the path, checks every folder on the way and holds the last one open.
import { lstatSync, mkdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { walk } from '../../bin/ancestry.js';
import { UserError } from '../errors/user-error.ts';
import { descend, type HeldFolder, hold } from './held-folder.ts';

/**
 * Who chose the path. `own`: memtop's (settings, cache, log): refused where another user can change anything on
 * the way. `named`: the user's, who gave this exact path: a folder that others can write to is accepted, no symbolic
 * link in the path is followed, and the folder is held open so that it cannot be replaced.
 */
export type PlaceChoice = 'own' | 'named';

/** The path of a file, as requested and as checked. */
export interface Place {
  readonly folder: HeldFolder;
  readonly name: string;
  /** The path without symbolic links, for messages. */
  readonly path: string;
}

/** The mode that the XDG Base Directory Specification requires. */
const FOLDER_MODE = 0o700;
const RELIABLE = 'Choose a path whose folders all belong to you or root and are writable only by their owner.';

/**
 * Follows the path and holds the folder of the file; makes missing folders where memtop chose the place. The caller
 * closes what is returned.
 *
 * @throws UserError where another user could lead the file elsewhere
 * @throws Error with a code, as the system calls have them
 */
export function placeFor(path: string, choice: PlaceChoice, remedy = RELIABLE): Place {
  if (process.geteuid?.() === undefined) return plainPlace(path, choice);
  const found = trying(remedy, () => walk(isAbsolute(path) ? path : resolve(path)));
  const { folder, missing, name, fault } = found;
  if (fault !== undefined && (choice === 'own' || process.platform !== 'linux')) {
    throw new UserError(`It is not safe to write there: ${fault.message}.`, remedy);
  }
  const last = name ?? missing.at(-1);
  if (last === undefined) throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR', path });
  const folders = name === undefined ? missing.slice(0, -1) : [];
  if (folders.length > 0 && choice === 'named') {
    throw Object.assign(new Error(`no such folder: ${dirname(path)}`), { code: 'ENOENT', path: dirname(path) });
  }
  const within = makeFolders(folder, folders);
  return {
    folder: fault === undefined ? { path: within, close: () => {} } : hold(descend('/', within)),
    name: last,
    path: join(within, last),
  };
}

/** Systems without user IDs control write access in other ways. */
function plainPlace(path: string, choice: PlaceChoice): Place {
  const whole = resolve(path);
  const folder = dirname(whole);
  if (choice === 'own') mkdirSync(folder, { recursive: true });
  return { folder: { path: folder, close: () => {} }, name: basename(whole), path: whole };
}

function trying(remedy: string, follow: () => ReturnType<typeof walk>): ReturnType<typeof walk> {
  try {
    return follow();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ELOOP') throw error;
    throw new UserError(`It is not safe to write there: ${message}.`, remedy);
  }
}

/**
 * One by one: mkdirSync({ recursive }) never returns where mkdir(2) always fails with ENOENT, as in /proc. A folder that
 * another user creates first, in /tmp for example, does not count as memtop's own.
 */
function makeFolders(folder: string, names: readonly string[]): string {
  let path = folder;
  for (const name of names) {
    path = join(path, name);
    try {
      mkdirSync(path, { mode: FOLDER_MODE });
    } catch (error) {
      const there = lstatSync(path, { throwIfNoEntry: false });
      if (there === undefined || !there.isDirectory() || there.uid !== process.geteuid?.()) throw error;
    }
  }
  return path;
}

function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}
