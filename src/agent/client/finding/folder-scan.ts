// Finds agents where there is no /proc: by the files in the folders that agents use, or by the names of pipes.
import { lstatSync, readdirSync } from 'node:fs';
import { folderCandidates, folderFault, type ListeningPlace, pipeName, socketPid } from '../../protocol/folders.ts';
import type { Finder, FoundAgent, RejectedAgent, Scan } from './found.ts';

/** Maximum number of files checked in one folder. */
const MOST_FILES = 16_384;

/** Searches the folders of the user whose `place` it is (macOS and others), or the pipes (Windows). */
export class FolderScan implements Finder {
  readonly #place: ListeningPlace;

  constructor(place: ListeningPlace) {
    this.#place = place;
  }

  scan(): Scan {
    return this.#place.platform === 'win32' ? scanPipes() : this.#scanFolders();
  }

  #scanFolders(): Scan {
    const { uid } = this.#place;
    const found: FoundAgent[] = [];
    const refusals: RejectedAgent[] = [];
    for (const { folder } of folderCandidates(this.#place)) {
      const files = namesIn(folder);
      if (files.length === 0) continue;
      const fault = faultOf(folder, uid);
      for (const file of files) {
        const pid = socketPid(file);
        if (pid === undefined) continue;
        if (fault !== undefined) refusals.push({ path: `${folder}/${file}`, pid, why: fault });
        else found.push({ pid, innerPid: pid, uid, prefix: '', folder, inode: '' });
      }
    }
    return { found, refusals, foreign: 0, listening: new Set() };
  }
}

function scanPipes(): Scan {
  const root = pipeName(0).replace(/memtop-0$/, '');
  const found = namesIn(root).flatMap((name): FoundAgent[] => {
    const pid = Number(/^memtop-([1-9]\d{0,9})$/.exec(name)?.[1]);
    return Number.isNaN(pid) ? [] : [{ pid, innerPid: pid, uid: 0, prefix: '', folder: root, inode: '' }];
  });
  return { found, refusals: [], foreign: 0, listening: new Set() };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).slice(0, MOST_FILES);
  } catch {
    return [];
  }
}

function faultOf(folder: string, uid: number): string | undefined {
  try {
    const fault = folderFault(lstatSync(folder), uid);
    return fault === undefined ? undefined : `the folder ${fault}`;
  } catch {
    return 'permission denied for the folder';
  }
}
