// How much each mounted tmpfs holds. Only while the breakdown of memory is shown, and never where it could hang.
import { statfsSync, statSync } from 'node:fs';
import type { Tmpfs } from '../../../model/snapshot/memory-use.ts';
import { type MountInfo, parseMountinfo } from '../proc/mountinfo.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';

/** TMPFS_MAGIC of include/uapi/linux/magic.h. */
const TMPFS_MAGIC = 0x01021994;
/** The most that are read: a Kubernetes node has one for each secret of each pod. */
const MOST_READ = 256;
/** The largest are named, not all. */
const MOST_NAMED = 8;
/** Read again after this many milliseconds. */
const AGE = 4000;
const LONGEST_MOUNTINFO = 1024 * 1024;

/**
 * File systems that a path may lead through. Any other (network, FUSE, automount) may hang a process that uses a path below
 * it, or mount something. The root is not checked: without it this program would not run.
 */
const LOCAL: ReadonlySet<string> = new Set([
  ...['tmpfs', 'devtmpfs', 'ramfs', 'rootfs', 'sysfs', 'proc', 'cgroup', 'cgroup2', 'securityfs', 'debugfs', 'tracefs'],
  ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'zfs', 'bcachefs', 'overlay', 'squashfs', 'erofs', 'vfat'],
]);

export class TmpfsReader {
  readonly #root: ProcRoot;
  readonly #reader: FileReader;
  #readAt = Number.NEGATIVE_INFINITY;
  #newest: readonly Tmpfs[] = [];

  constructor(root: ProcRoot, reader: FileReader) {
    this.#root = root;
    this.#reader = reader;
  }

  /** The largest, as of `now` (monotonic milliseconds) or some seconds before. None for a tree that is not this kernel's. */
  read(now: number): readonly Tmpfs[] {
    if (!this.#root.live || now - this.#readAt < AGE) return this.#newest;
    this.#readAt = now;
    const length = this.#reader.all('/proc/self/mountinfo', LONGEST_MOUNTINFO);
    const text = typeof length === 'number' ? this.#reader.bytes.toString('utf8', 0, length) : '';
    this.#newest = askable(parseMountinfo(text))
      .flatMap((mount) => usedOf(mount) ?? [])
      .sort((one, other) => other.used - one.used)
      .slice(0, MOST_NAMED);
    return this.#newest;
  }
}

/** Those of type tmpfs that can be reached without waiting; of several mounts of one file system the first. */
export function askable(mounts: readonly MountInfo[]): MountInfo[] {
  const byId = new Map(mounts.map((mount) => [mount.id, mount]));
  const seen = new Set<string>();
  const found: MountInfo[] = [];
  for (const mount of mounts) {
    if (mount.kind !== 'tmpfs' || seen.has(mount.device) || !isLocal(mount, byId)) continue;
    seen.add(mount.device);
    found.push(mount);
    if (found.length === MOST_READ) break;
  }
  return found;
}

/** Whether all that its path leads through is local, up to the root. */
function isLocal(mount: MountInfo, byId: ReadonlyMap<number, MountInfo>): boolean {
  let above = byId.get(mount.parent);
  for (let depth = 0; above !== undefined && above.folder !== '/'; depth += 1) {
    if (!LOCAL.has(above.kind) || depth > byId.size) return false;
    above = byId.get(above.parent);
  }
  return above?.folder === '/' || mount.folder === '/';
}

/** What it holds; undefined where something else is mounted over it, or it is gone. */
function usedOf({ folder, device }: MountInfo): Tmpfs | undefined {
  try {
    const { dev } = statSync(folder);
    if (device !== `${majorOf(dev)}:${minorOf(dev)}`) return undefined;
    const { type, blocks, bfree, bsize } = statfsSync(folder);
    return type === TMPFS_MAGIC ? { folder, used: Math.max(0, blocks - bfree) * bsize } : undefined;
  } catch {
    return undefined;
  }
}

/** The parts of a device number as stat(2) has it on Linux (gnu_dev_major and gnu_dev_minor of glibc). */
function majorOf(dev: number): number {
  return Number((BigInt(dev) >> 8n) & 0xfffn);
}

function minorOf(dev: number): number {
  return Number((BigInt(dev) & 0xffn) | ((BigInt(dev) >> 12n) & 0xfff00n));
}
