// Where sockets live and which folders are safe to have one in: the same rules for agent and client.

/** Longest socket path in bytes: sun_path holds 108 (unix(7)) or 104 elsewhere, and some runtimes cut silently. */
export const SOCKET_PATH_BYTES = 100;

export const FOLDER_MODE = 0o700;
export const SOCKET_MODE = 0o600;

/** What decides where an agent listens. */
export interface ListeningPlace {
  readonly platform: string;
  /** Effective user id of the program. */
  readonly uid: number;
  readonly runtimeDirectory: string | undefined;
  readonly cacheDirectory: string | undefined;
  readonly home: string | undefined;
}

export interface FolderCandidate {
  readonly folder: string;
  /** The folder above must be the user's own: true where an environment variable named it. */
  readonly ownParent: boolean;
}

/** The result of lstat(2) for a folder or a socket. */
export interface FileFacts {
  readonly uid: number;
  readonly mode: number;
}

const FILE_TYPE = 0o170000;
const DIRECTORY = 0o040000;
const SOCKET = 0o140000;
const OTHERS = 0o077;

/** The folders an agent tries, first one first. Relative paths in the environment count as unset. */
export function folderCandidates(place: ListeningPlace): readonly FolderCandidate[] {
  const candidates: FolderCandidate[] = [];
  const runtime = absolute(place.runtimeDirectory);
  if (runtime !== undefined) candidates.push({ folder: `${runtime}/memtop`, ownParent: true });
  candidates.push({ folder: `/tmp/memtop-${place.uid}`, ownParent: false });
  const cache = cacheFolder(place);
  if (cache !== undefined) candidates.push({ folder: `${cache}/memtop`, ownParent: true });
  return candidates;
}

/** `<folder>/<pid>.sock`, or undefined when that is longer than a socket's path may be. */
export function socketPath(folder: string, pid: number): string | undefined {
  const path = `${folder}/${pid}.sock`;
  return Buffer.byteLength(path) <= SOCKET_PATH_BYTES ? path : undefined;
}

/** The PID in a socket's file name, or undefined when it is not the name of an agent's socket. */
export function socketPid(path: string): number | undefined {
  const digits = /(?:^|\/)([1-9]\d{0,9})\.sock$/.exec(path)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Why a folder is not to be trusted with a socket of `uid`, as words after "the folder"; undefined when it is. */
export function folderFault(facts: FileFacts, uid: number): string | undefined {
  if ((facts.mode & FILE_TYPE) !== DIRECTORY) return 'is not a directory';
  if (facts.uid !== uid) return 'belongs to another user';
  if ((facts.mode & OTHERS) !== 0) return 'is accessible to other users';
  return undefined;
}

/** Why a file is not an agent's socket of `uid`, as words after "the socket"; undefined when it is. */
export function socketFault(facts: FileFacts, uid: number): string | undefined {
  if ((facts.mode & FILE_TYPE) !== SOCKET) return 'is not a socket';
  if (facts.uid !== uid) return 'belongs to another user';
  return undefined;
}

/** The named pipe used on Windows instead of a socket. */
export function pipeName(pid: number): string {
  return `\\\\.\\pipe\\memtop-${pid}`;
}

function cacheFolder(place: ListeningPlace): string | undefined {
  const named = absolute(place.cacheDirectory);
  if (named !== undefined) return named;
  const home = absolute(place.home);
  if (home === undefined) return undefined;
  return place.platform === 'darwin' ? `${home}/Library/Caches` : `${home}/.cache`;
}

function absolute(path: string | undefined): string | undefined {
  if (path === undefined || !path.startsWith('/')) return undefined;
  const trimmed = path.replace(/\/{1,64}$/, '');
  return trimmed === '' ? undefined : trimmed;
}
