// Where a file is to be written: the path followed with every folder on the way checked, and the folder held.
import { lstatSync, mkdirSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { walk } from '../../bin/ancestry.js';
import { UserError } from '../errors/user-error.ts';
import { descend, type HeldFolder, hold } from './held-folder.ts';

/**
 * Whose choice the place is. `own`: memtop's (settings, cache, log): refused where another user can change anything on
 * the way. `named`: the user, who gave this exact path: a folder that others can write to is accepted, no link in
 * it is followed, and it is held so that nothing can take its place.
 */
export type PlaceChoice = 'own' | 'named';

/** Where one file belongs. */
export interface Place {
  readonly folder: HeldFolder;
  readonly name: string;
  /** The path without links, for people. */
  readonly path: string;
}

/** As the XDG Base Directory Specification wants folders to be. */
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
 * One by one: mkdirSync({ recursive }) never returns where mkdir(2) says ENOENT for ever, as /proc does. Where another
 * user was faster, in a folder such as /tmp, it is not ours.
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
