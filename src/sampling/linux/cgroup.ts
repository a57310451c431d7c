// /proc/PID/cgroup: which cgroup a process is in (cgroups(7)), one line a hierarchy: number:controllers:path.

/** Added by the kernel to the path of a cgroup that was removed while a process was still in it. */
const REMOVED = ' (deleted)';

/**
 * The path of the cgroup that accounts for its memory: of the line with the memory controller where there are version 1
 * hierarchies, else of version 2 (`0::path`), else of systemd's. Undefined when there is none.
 */
export function parseCgroup(bytes: Buffer, length: number): string | undefined {
  let unified: string | undefined;
  let named: string | undefined;
  for (const line of bytes.toString('utf8', 0, length).split('\n')) {
    const first = line.indexOf(':');
    const second = line.indexOf(':', first + 1);
    const path = second === -1 ? '' : line.slice(second + 1);
    if (!path.startsWith('/')) continue;
    const controllers = line.slice(first + 1, second);
    if (controllers.split(',').includes('memory')) return withoutMark(path);
    if (controllers === '') unified ??= path;
    else if (controllers === 'name=systemd') named ??= path;
  }
  const path = unified ?? named;
  return path === undefined ? undefined : withoutMark(path);
}

function withoutMark(path: string): string {
  return path.length > REMOVED.length && path.endsWith(REMOVED) ? path.slice(0, -REMOVED.length) : path;
}
