// Where the files of a memory cgroup are: found from mountinfo, for any layout of mounts.
import { join } from 'node:path';
import { unescapedPath } from '../proc/mounts.ts';

/** The mount through which memory cgroups are seen. */
export interface CgroupMount {
  readonly version: 1 | 2;
  readonly folder: string;
  /** The cgroup at that folder: `/`, that of a container, or `/..` where it was mounted from outside. */
  readonly root: string;
}

/** The content of a file, or why it cannot be read, as FileReader.text. */
type Read = (path: string) => { readonly text: string } | { readonly why: string };

/**
 * `36 31 0:29 /root /folder rw,… shared:1 - cgroup cgroup rw,memory` (proc_pid_mountinfo(5)): the mount with its fields, any number of optional fields, a dash, then kind, source and options of the file system.
 */
const LINE = /^\d+ \d+ \d+:\d+ (\S+) (\S+) \S+ (?:\S+ )*?- (cgroup2?) \S+ (\S+)$/;

/**
 * The mounts that show memory cgroups, the widest first: version 1 where the memory controller is mounted there, for a
 * controller is in one hierarchy only, else version 2.
 */
export function memoryMounts(mountinfo: string): CgroupMount[] {
  const mounts: CgroupMount[] = [];
  for (const line of mountinfo.split('\n')) {
    const [, root, folder, kind, options] = LINE.exec(line) ?? [];
    if (root === undefined || folder === undefined) continue;
    if (kind === 'cgroup' && options?.split(',').includes('memory') !== true) continue;
    mounts.push({ version: kind === 'cgroup' ? 1 : 2, folder: unescapedPath(folder), root: unescapedPath(root) });
  }
  const version = mounts.some((mount) => mount.version === 1) ? 1 : 2;
  return mounts.filter((mount) => mount.version === version).sort((one, other) => depthOf(one) - depthOf(other));
}

/**
 * The folders of a cgroup and of those above it as far as they can be seen, its own first; undefined when it lies outside
 * of what is mounted. `path` as /proc/PID/cgroup has it.
 */
export function foldersOf(mount: CgroupMount, path: string): { path: string; folder: string }[] | undefined {
  const below = segmentsBelow(segments(mount.root), segments(path));
  if (below === undefined || below.includes('..')) return undefined;
  const above = path === '/' ? [] : segments(path).slice(0, segments(path).length - below.length);
  const folders: { path: string; folder: string }[] = [];
  for (let count = below.length; count >= 0; count -= 1) {
    const taken = below.slice(0, count);
    folders.push({ path: `/${[...above, ...taken].join('/')}`, folder: join(mount.folder, ...taken) });
  }
  return folders;
}

/** Whether version 2 has the memory controller at all: in a hybrid setup it may be in version 1, or switched off. */
export function hasMemoryController({ version, folder }: CgroupMount, read: Read): boolean {
  if (version === 1) return true;
  const controllers = read(join(folder, 'cgroup.controllers'));
  return !('text' in controllers) || controllers.text.split(/\s/).includes('memory');
}

/** The id of the container that a mountinfo belongs to: engines mount resolv.conf and the like from its folder. */
export function containerIn(mountinfo: string): string | undefined {
  return /\/(?:overlay-)?containers\/([0-9a-f]{64})\/\S* \/etc\/host(?:s|name) /.exec(mountinfo)?.[1];
}

function segmentsBelow(root: readonly string[], path: readonly string[]): readonly string[] | undefined {
  return root.every((segment, index) => path[index] === segment) ? path.slice(root.length) : undefined;
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function depthOf({ root }: CgroupMount): number {
  return segments(root).filter((segment) => segment !== '..').length;
}
