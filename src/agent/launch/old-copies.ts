// Copies of the agents that earlier versions of memtop left in /run, where nothing cleans up. A copy goes when it has not been
// read for as long as systemd-tmpfiles(8) leaves a file in /tmp, and no process has it in its environment.
import { lstatSync, readdirSync, readFileSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { placeFor } from '../../files/place.ts';
import { removeFolder, renameFolder } from '../../files/remove.ts';

/** Milliseconds without reading or writing: as in /usr/lib/tmpfiles.d/tmp.conf. */
export const UNUSED = 10 * 24 * 3600 * 1000;
/** Folders at most in one start: there are never that many versions in a year. */
const MOST = 8;

const NAME = /memtop-run-0-[0-9a-f]{16}(?:-[0-9a-f]+)?/g;
/** The second is one whose removal was cut off. */
const COPY = new RegExp(`^(?:${NAME.source}|\\.${NAME.source}\\.old)$`);
/** What a copy consists of, and what Python and a write that was cut off leave next to it. */
const OF_COPY: Readonly<Record<string, RegExp>> = {
  '.': /^(?:agent|agent-loader)\.cjs$/,
  python: /^memtop_agent\.py$/,
  'python/__pycache__': /^memtop_agent\.[\w.-]+\.pyc$/,
  'python/site': /^sitecustomize\.py$/,
  'python/site/__pycache__': /^sitecustomize\.[\w.-]+\.pyc$/,
};
const UNFINISHED = /^\.memtop-[0-9a-f]{16}\.tmp$/;
/** Innermost first, as they are removed. */
const FOLDERS = ['python/site/__pycache__', 'python/site', 'python/__pycache__', 'python', '.'];

/** What a search is made in; other values in tests. */
export interface SearchedPlaces {
  readonly folder: string;
  readonly user: number;
  /** Where the environments of all processes are. */
  readonly proc: string;
  readonly now: number;
}

/**
 * Removes them. Root only: no other user sees the environment of every process that may use one. Costs a listing of /run
 * where there is none that old. Never throws.
 *
 * @returns the names that were removed
 */
export function removeOldCopies(place: Partial<SearchedPlaces> = {}): readonly string[] {
  const { folder, user, proc, now } = {
    folder: '/run',
    user: process.geteuid?.(),
    proc: '/proc',
    now: Date.now(),
    ...place,
  };
  if (process.platform !== 'linux' || user !== 0) return [];
  try {
    if (!lstatSync(folder).isDirectory()) return [];
    placeFor(join(folder, 'memtop'), 'own').folder.close(); // Throws where another user can change it.
    const names = readdirSync(folder).filter((name) => COPY.test(name) && isOld(join(folder, name), { user, now }));
    if (names.length === 0) return [];
    const used = inEnvironments(proc);
    if (used === undefined) return [];
    return names
      .slice(0, MOST)
      .filter((name) => !used.has(name))
      .filter((name) => removeCopy(folder, name, { user, now }));
  } catch {
    return [];
  }
}

type Owner = Pick<SearchedPlaces, 'user' | 'now'>;

/** Whether a folder is a copy of ours with nothing else in it, and nothing in it was used lately. */
function isOld(copy: string, owner: Owner): boolean {
  try {
    return FOLDERS.every((inner) => {
      const path = join(copy, inner);
      const facts = lstatSync(path, { throwIfNoEntry: false });
      if (facts === undefined) return inner !== '.';
      if (!facts.isDirectory() || !isOldAndOurs(facts, owner)) return false;
      return readdirSync(path).every((name) => isOldEntry(path, inner, name, owner));
    });
  } catch {
    return false;
  }
}

function isOldEntry(path: string, inner: string, name: string, owner: Owner): boolean {
  if (FOLDERS.includes(inner === '.' ? name : `${inner}/${name}`)) return true; // Checked separately.
  if (!belongs(inner, name)) return false;
  const facts = lstatSync(join(path, name));
  return facts.isFile() && facts.nlink === 1 && isOldAndOurs(facts, owner);
}

function belongs(inner: string, name: string): boolean {
  return OF_COPY[inner]?.test(name) === true || UNFINISHED.test(name);
}

/** Any listing of /run updates the access time of folders, so only that of files counts. */
function isOldAndOurs(facts: Stats, { user, now }: Owner): boolean {
  const { uid, mode, mtimeMs, ctimeMs, atimeMs } = facts;
  const used = Math.max(mtimeMs, ctimeMs, facts.isFile() ? atimeMs : 0);
  return uid === user && (mode & 0o022) === 0 && now - used > UNUSED;
}

/** The names of all copies that processes have in their environment; undefined where one could not be read. */
function inEnvironments(proc: string): ReadonlySet<string> | undefined {
  const found = new Set<string>();
  for (const pid of readdirSync(proc).filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(join(proc, pid, 'environ'), 'latin1');
      for (const [name] of environment.matchAll(NAME)) found.add(name);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ESRCH') return undefined;
    }
  }
  return found;
}

/** Under another name first, which no program is started with: what began to use it meanwhile gets it back. */
function removeCopy(folder: string, name: string, owner: Owner): boolean {
  const doomed = join(folder, name.startsWith('.') ? name : `.${name}.old`);
  const before = lstatSync(join(folder, name));
  if (doomed !== join(folder, name)) renameFolder(join(folder, name), doomed);
  const after = lstatSync(doomed);
  // Renaming changes the time of change of the folder itself, and of nothing in it.
  if (
    after.ino !== before.ino ||
    !FOLDERS.slice(0, -1).every((inner) => isOldInner(join(doomed, inner), inner, owner))
  ) {
    renameFolder(doomed, join(folder, name));
    return false;
  }
  for (const inner of FOLDERS) removeFolder(join(doomed, inner), (entry) => belongs(inner, entry));
  return lstatSync(doomed, { throwIfNoEntry: false }) === undefined;
}

function isOldInner(path: string, inner: string, owner: Owner): boolean {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return true;
  return facts.isDirectory() && readdirSync(path).every((name) => isOldEntry(path, inner, name, owner));
}
