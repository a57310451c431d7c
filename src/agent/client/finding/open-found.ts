// Opens the socket of a found agent for connecting, with every check made on what is then connected to.
import { lstatSync } from 'node:fs';
import { folderFault, pipeName, socketFault } from '../../protocol/folders.ts';
import type { FoundAgent } from './found.ts';
import { type Fault, type HeldSocket, openFolder, openSocketFile } from './socket-file.ts';

/** The socket to connect to, held until it is closed, or what is wrong with it. */
export function openFound(found: FoundAgent, platform: string = process.platform): HeldSocket | Fault {
  if (platform === 'linux') return openHeld(found);
  if (platform === 'win32') return plain(pipeName(found.pid));
  return openByName(found);
}

/**
 * A program that gave up root's rights may still listen in the folder it made as root: what only root can write
 * to is trusted as much as the process's own.
 */
function openHeld({ prefix, folder, uid, innerPid }: FoundAgent): HeldSocket | Fault {
  const own = openIn(prefix, folder, uid, innerPid);
  if (uid === 0 || !('fault' in own)) return own;
  const byRoot = openIn(prefix, folder, 0, innerPid);
  return 'fault' in byRoot ? own : byRoot;
}

function openIn(prefix: string, folder: string, uid: number, innerPid: number): HeldSocket | Fault {
  const opened = openFolder(prefix, folder, uid);
  if ('fault' in opened) return opened;
  try {
    return openSocketFile(opened, `${innerPid}.sock`, uid);
  } finally {
    opened.close();
  }
}

/** Where there is no O_PATH the checks are made by name: the folder is not accessible to other users. */
function openByName({ folder, uid, innerPid }: FoundAgent): HeldSocket | Fault {
  const path = `${folder}/${innerPid}.sock`;
  try {
    const folderIs = folderFault(lstatSync(folder), uid);
    if (folderIs !== undefined) return { fault: `the folder ${folderIs}` };
    const socketIs = socketFault(lstatSync(path), uid);
    return socketIs === undefined ? plain(path) : { fault: `the socket ${socketIs}` };
  } catch {
    return { fault: 'the socket no longer exists' };
  }
}

function plain(path: string): HeldSocket {
  return { path, close: () => undefined };
}
