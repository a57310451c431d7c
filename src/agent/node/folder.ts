// Creates the folder of the socket and checks it the way the client will.
import { FOLDER_MODE, type FolderCandidate, folderCandidates, folderFault } from '../protocol/protocol.ts';

/** Where this program would have its socket, by its own environment. */
export function candidatesHere(uid: number): readonly FolderCandidate[] {
  const { env, platform } = process;
  return folderCandidates({
    platform,
    uid,
    runtimeDirectory: env['XDG_RUNTIME_DIR'],
    cacheDirectory: env['XDG_CACHE_HOME'],
    home: env['HOME'],
  });
}

/** Creates the folder unless it exists. False when it cannot be created or is not safe; never throws. */
export function prepareFolder(candidate: FolderCandidate, uid: number): boolean {
  const fs = require('node:fs') as typeof import('node:fs');
  const { folder, ownParent } = candidate;
  try {
    if (ownParent && fs.statSync(folder.slice(0, folder.lastIndexOf('/'))).uid !== uid) return false;
    if (fs.lstatSync(folder, { throwIfNoEntry: false }) === undefined) fs.mkdirSync(folder, FOLDER_MODE);
    return folderFault(fs.lstatSync(folder), uid) === undefined;
  } catch {
    return false;
  }
}
