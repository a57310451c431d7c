// Removes a folder in which a program that is about to exit may still write.
import { rmSync } from 'node:fs';

const LONGEST = 10_000;
const CHECK_EVERY = 25;

/**
 * Removes the folder again while new files appear in it, for some seconds. The retries of rmSync itself do not help: after
 * ENOTEMPTY Node.js 20 tries only rmdir(2) again, and leaves what was written meanwhile.
 */
export function removeFolder(path: string): void {
  const end = performance.now() + LONGEST;
  for (;;) {
    try {
      rmSync(path, { recursive: true, force: true });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || performance.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, CHECK_EVERY);
    }
  }
}
