// A folder held open by a descriptor, so that it stays the same folder even when its name is reused.
import { closeSync, constants, openSync } from 'node:fs';

/** `path` leads to the folder as long as it is held open. */
export interface HeldFolder {
  readonly path: string;
  close(): void;
}

/**
 * O_PATH of open(2): a descriptor that only refers to the folder. The same number on every architecture that Node
 * runs on (include/uapi/asm-generic/fcntl.h).
 */
export const O_PATH = 0o10000000;
/** A folder, not a symbolic link to one. */
export const FOLDER_FLAGS = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** proc_pid_fd(5): the link leads to the open file itself, not to its path. */
export function hold(descriptor: number): HeldFolder {
  return { path: `/proc/self/fd/${descriptor}`, close: () => closeSync(descriptor) };
}

/**
 * Opens a folder one component after the other, each of them a directory, not a symbolic link. Linux only. The caller closes
 * what is returned.
 *
 * @throws Error with a code, as open(2) has them
 */
export function descend(from: string, folder: string): number {
  let descriptor = openSync(from, O_PATH | constants.O_DIRECTORY);
  for (const name of folder.split('/').filter((part) => part !== '')) {
    try {
      if (name === '..') throw Object.assign(new Error('..'), { code: 'ELOOP' });
      const next = openSync(`/proc/self/fd/${descriptor}/${name}`, FOLDER_FLAGS);
      closeSync(descriptor);
      descriptor = next;
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }
  return descriptor;
}
