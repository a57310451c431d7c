// /proc/PID/mounts: what is mounted where, and how (proc_pid_mounts(5), fstab(5)).

export interface Mount {
  readonly folder: string;
  /** The kind of file system, such as `proc` or `cgroup2`. */
  readonly kind: string;
  readonly options: readonly string[];
}

/** One mount a line, in the order of mounting: what is mounted later on the same folder covers what was there. */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line): Mount[] => {
    const [, folder, kind, options] = line.split(' ');
    if (folder === undefined || kind === undefined || options === undefined) return [];
    return [{ folder: unescapedPath(folder), kind, options: options.split(',') }];
  });
}

/** What is mounted on a folder; undefined where nothing is. */
export function mountOn(mounts: readonly Mount[], folder: string): Mount | undefined {
  return mounts.findLast((mount) => mount.folder === folder);
}

/** The value of an option such as `hidepid=2`; undefined when it is not there. */
export function optionOf(mount: Mount, name: string): string | undefined {
  return mount.options.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Space, tab, line feed and backslash are written as three octal digits. */
export function unescapedPath(folder: string): string {
  return folder.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
