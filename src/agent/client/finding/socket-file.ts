// Opens an agent's socket file so that memtop connects to exactly what it checked.
import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { descend, FOLDER_FLAGS, type HeldFolder, hold, O_PATH } from '../../../files/held-folder.ts';
import { FOLDER_MODE, folderFault, socketFault } from '../../protocol/folders.ts';

const FILE_FLAGS = O_PATH | constants.O_NOFOLLOW;

/** A socket held by a descriptor; connect to `path` while it is held. It is short, however long the name was. */
export type HeldSocket = HeldFolder;

export interface Fault {
  /** Words after "the folder" or "the socket", or the end of a sentence. */
  readonly fault: string;
}

/**
 * Opens a folder of sockets. It must be a directory, not a symlink, belong to `uid` and be private.
 * `prefix` is the root of another mount namespace (/proc/PID/root) or empty; below one, no symlink is followed at
 * all, since it would be looked up in the wrong tree (path_resolution(7)).
 */
export function openFolder(prefix: string, folder: string, uid: number): HeldFolder | Fault {
  let descriptor: number;
  try {
    descriptor = prefix === '' ? openSync(folder, FOLDER_FLAGS) : descend(prefix, folder);
  } catch (error) {
    return { fault: `the folder ${whyNot(error)}` };
  }
  const facts = fstatSync(descriptor);
  const fault = folderFault(facts, uid) ?? modeFault(facts.mode);
  if (fault === undefined) return hold(descriptor);
  closeSync(descriptor);
  return { fault: `the folder ${fault}` };
}

/** Opens a socket in a held folder. It must be a socket, not a symlink, and belong to `uid`. */
export function openSocketFile(folder: HeldFolder, name: string, uid: number): HeldSocket | Fault {
  let descriptor: number;
  try {
    descriptor = openSync(`${folder.path}/${name}`, FILE_FLAGS);
  } catch (error) {
    return { fault: `the socket ${whyNot(error)}` };
  }
  const fault = socketFault(fstatSync(descriptor), uid);
  if (fault === undefined) return hold(descriptor);
  closeSync(descriptor);
  return { fault: `the socket ${fault}` };
}

function modeFault(mode: number): string | undefined {
  return (mode & FOLDER_MODE) === FOLDER_MODE ? undefined : 'is not accessible to its owner';
}

function whyNot(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'no longer exists';
    case 'EACCES':
    case 'EPERM':
      return 'may not be opened';
    case 'ELOOP':
    case 'ENOTDIR':
      return 'is not a directory';
    case 'EMFILE':
    case 'ENFILE':
      return 'cannot be opened: too many files are open';
    default:
      return 'cannot be opened';
  }
}
