// Decides which reads memtop does itself, and which a child does because they may never return.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import type { ChildReads } from './child-reads.ts';
import type { Why } from './file-reader.ts';
import { isBelow, remoteMounts } from './remote-mounts.ts';

/** The list of mounts is read again after this many milliseconds: for a tree of plain files, and for a kernel's. */
const MOUNTS_AGE = { plain: 1_000, live: 30_000 } as const;
/** Hosts of many containers have thousands of mounts. */
const LONGEST_MOUNTINFO = 4 * 1024 * 1024;

export class ReadGuard {
  readonly #root: string;
  readonly #live: boolean;
  readonly #children: ChildReads;
  #mounts: ReadonlySet<string> = new Set();
  #readAt = Number.NEGATIVE_INFINITY;

  /**
   * @param root the folder that stands for /proc, absolute
   * @param live true for a kernel's tree, false for one of plain files, in which anything may lie
   */
  constructor(root: string, live: boolean, children: ChildReads) {
    this.#root = root;
    this.#live = live;
    this.#children = children;
  }

  /** Learns what has been mounted below the tree, when that is due. To be called before each sample. */
  refresh(): void {
    const now = performance.now();
    if (now - this.#readAt < (this.#live ? MOUNTS_AGE.live : MOUNTS_AGE.plain)) return;
    this.#readAt = now;
    this.#mounts = mountsBelow(this.#root);
  }

  /**
   * Whether reading a path may never return: it belongs to a file system that may not answer, or, in a tree of plain
   * files, it is a FIFO or a socket. Neither opens the file, nor touches such a file system.
   */
  mayBlock(path: string): boolean {
    return isBelow(this.#mounts, path) || (!this.#live && isStream(path));
  }

  /** Has a child read the file; `late` until it has. */
  read(path: string, limit: number): Buffer | Why {
    return this.#children.read(path, limit);
  }
}

/** Reads the mounts of memtop's own mount namespace: those that its paths go through. */
function mountsBelow(root: string): ReadonlySet<string> {
  try {
    const real = realpathSync(root);
    const found = remoteMounts(readFileSync('/proc/self/mountinfo', 'utf8').slice(0, LONGEST_MOUNTINFO), real);
    return real === root ? found : new Set([...found].map((mount) => root + mount.slice(real.length)));
  } catch {
    // Not on Linux: a tree of plain files is all there is.
    return new Set();
  }
}

function isStream(path: string): boolean {
  try {
    return !statSync(path).isFile();
  } catch {
    // Opening it says why.
    return false;
  }
}
