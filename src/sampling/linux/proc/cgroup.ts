// /proc/PID/cgroup: which cgroups a process is in (cgroups(7)), one line a hierarchy: number:controllers:path.

/** The paths below the root of each hierarchy; absent where the process is in none of that kind. */
export interface Memberships {
  /** Version 1, the line whose controllers have `memory` among them. */
  readonly memory?: string;
  /** Version 2, the line `0::/path`. */
  readonly unified?: string;
  /** The hierarchy of version 1 that systemd keeps for itself, `name=systemd`. */
  readonly systemd?: string;
}

/** Added by the kernel to the path of a cgroup that was removed while a process was still in it. */
const REMOVED = ' (deleted)';

/** Takes the first line of each kind and skips others. A path may contain colons. */
export function parseMemberships(text: string): Memberships {
  const paths: { memory?: string; unified?: string; systemd?: string } = {};
  for (const line of text.split('\n')) {
    const first = line.indexOf(':');
    const second = line.indexOf(':', first + 1);
    const path = second === -1 ? '' : line.slice(second + 1);
    if (!path.startsWith('/')) continue;
    const controllers = line.slice(first + 1, second);
    if (controllers === '') paths.unified ??= withoutMark(path);
    else if (controllers === 'name=systemd') paths.systemd ??= withoutMark(path);
    else if (controllers.split(',').includes('memory')) paths.memory ??= withoutMark(path);
  }
  return paths;
}

/**
 * The path of the cgroup that accounts for its memory: of the memory controller where there are version 1 hierarchies,
 * else of version 2, else of systemd's. Undefined when there is none.
 */
export function parseCgroup(bytes: Buffer, length: number): string | undefined {
  const { memory, unified, systemd } = parseMemberships(bytes.toString('utf8', 0, length));
  return memory ?? unified ?? systemd;
}

function withoutMark(path: string): string {
  return path.length > REMOVED.length && path.endsWith(REMOVED) ? path.slice(0, -REMOVED.length) : path;
}
