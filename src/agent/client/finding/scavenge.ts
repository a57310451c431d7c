// Removes sockets that killed programs left behind: files without a listener.
import { lstatSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import type { HeldFolder } from '../../../files/held-folder.ts';
import { removeFrom } from '../../../files/remove.ts';
import { folderCandidates, type ListeningPlace, socketPid } from '../../protocol/folders.ts';
import { openFolder } from './socket-file.ts';

/** Milliseconds after which a socket that refuses connections is not just about to listen. */
const BORN = 10_000;

/** Maximum number of files tried in one run. */
const MOST_FILES = 256;

/** Maximum number of folders checked in shared places such as /run/user. */
const MOST_FOLDERS = 1024;

/**
 * The folders in which sockets may have been left: those of the user whose `place` it is, and for root those of
 * all users, with the uid that each must belong to.
 */
export function scavengeFolders(place: ListeningPlace): readonly { readonly folder: string; readonly uid: number }[] {
  const own = folderCandidates(place).map(({ folder }) => ({ folder, uid: place.uid }));
  if (place.uid !== 0) return own;
  const runtime = numbered('/run/user', /^(\d{1,10})$/).map(({ path, uid }) => ({ folder: `${path}/memtop`, uid }));
  const temporary = numbered('/tmp', /^memtop-(\d{1,10})$/).map(({ path, uid }) => ({ folder: path, uid }));
  const known = new Set(own.map(({ folder }) => folder));
  return [...own, ...[...runtime, ...temporary].filter(({ folder }) => !known.has(folder))];
}

/**
 * Removes the dead sockets of one folder, and returns how many there were. Only in a folder that is safe, only
 * sockets named as agents name them, only where the kernel itself reports no listener: an agent in another
 * network namespace is not in our lists, but can still be connected to (unix(7)).
 */
export async function scavenge(folder: string, uid: number, listening: ReadonlySet<string>): Promise<number> {
  const opened = openFolder('', folder, uid);
  if ('fault' in opened) return 0;
  let removed = 0;
  try {
    const files = namesIn(opened.path).filter(
      (name) => socketPid(name) !== undefined && !listening.has(`${folder}/${name}`),
    );
    for (const name of files.slice(0, MOST_FILES)) {
      if (isOldSocket(opened, name) && (await isDead(`${opened.path}/${name}`)) && removeFrom(opened, name))
        removed += 1;
    }
  } finally {
    opened.close();
  }
  return removed;
}

function numbered(folder: string, pattern: RegExp): { path: string; uid: number }[] {
  return namesIn(folder)
    .flatMap((name) => {
      const uid = pattern.exec(name)?.[1];
      return uid === undefined ? [] : [{ path: `${folder}/${name}`, uid: Number(uid) }];
    })
    .slice(0, MOST_FOLDERS);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isOldSocket(folder: HeldFolder, name: string): boolean {
  try {
    const facts = lstatSync(`${folder.path}/${name}`);
    return facts.isSocket() && Date.now() - facts.mtimeMs > BORN;
  } catch {
    return false;
  }
}

/** ECONNREFUSED: the file has no listener (connect(2)). Anything else proves nothing. */
function isDead(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}
