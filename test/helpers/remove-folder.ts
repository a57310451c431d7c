// Takes a folder away in which a program that is about to end may still write.
import { rmSync } from 'node:fs';

/** Tries again where something was written while it was emptied (ENOTEMPTY), for some seconds. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 25 });
}
