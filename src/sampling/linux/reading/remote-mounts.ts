// Which files below a /proc tree belong to another program or another machine: reading them may never return.
import { unescapedPath } from '../proc/mounts.ts';

/** File systems that the kernel answers for by itself, from memory or a disk. FUSE, NFS and all others may keep silent. */
const LOCAL: ReadonlySet<string> = new Set([
  ...['proc', 'sysfs', 'tmpfs', 'devtmpfs', 'ramfs', 'rootfs', 'cgroup', 'cgroup2', 'securityfs', 'debugfs', 'tracefs'],
  ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'zfs', 'f2fs', 'bcachefs', 'overlay', 'squashfs', 'erofs', 'iso9660'],
  ...['vfat', 'exfat', 'ntfs3', 'binfmt_misc', 'mqueue', 'devpts', 'hugetlbfs', 'bpf', 'nsfs', 'configfs'],
]);

/**
 * The mount points below `root` whose file system may not answer, such as the files that lxcfs mounts over meminfo.
 *
 * @param mountinfo /proc/PID/mountinfo (proc_pid_mountinfo(5)) of the reader
 * @param root an absolute path without symbolic links
 */
export function remoteMounts(mountinfo: string, root: string): ReadonlySet<string> {
  const kinds = new Map<string, string>();
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ', 2);
    const folder = unescapedPath(before?.split(' ')[4] ?? '');
    if (!folder.startsWith(`${root}/`) || after === undefined) continue;
    // What is mounted later covers what was there.
    kinds.set(folder, after.split(' ', 1)[0] ?? '');
  }
  return new Set([...kinds].filter(([, kind]) => !LOCAL.has(kind)).map(([folder]) => folder));
}

/** Whether a path is one of the mount points, or below one. */
export function isBelow(mounts: ReadonlySet<string>, path: string): boolean {
  if (mounts.size === 0) return false;
  if (mounts.has(path)) return true;
  for (const mount of mounts) if (path.startsWith(`${mount}/`)) return true;
  return false;
}
