// /proc/PID/mountinfo: what is mounted where, with the mount above each (proc_pid_mountinfo(5)).
import { unescapedPath } from './mounts.ts';

export interface MountInfo {
  readonly id: number;
  /** The mount that this one is mounted on. */
  readonly parent: number;
  /** `0:23`: device numbers of the file system, as stat(2) has them. */
  readonly device: string;
  readonly folder: string;
  /** The kind of file system, such as `tmpfs`. */
  readonly kind: string;
}

const LINE = /^(\d{1,10}) (\d{1,10}) (\d{1,10}:\d{1,10}) \S+ (\S+) \S+ (?:\S+ )*?- (\S+) /;

/** The mounts in order; malformed lines are skipped. Folders are hostile until cleaned. */
export function parseMountinfo(text: string): MountInfo[] {
  return text.split('\n').flatMap((line): MountInfo[] => {
    const [, id, parent, device, folder, kind] = LINE.exec(line) ?? [];
    if (device === undefined || folder === undefined || kind === undefined) return [];
    return [{ id: Number(id), parent: Number(parent), device, folder: unescapedPath(folder), kind }];
  });
}
