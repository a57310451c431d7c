// Programs inside a memory cgroup of the bench: moving them in, counting kills, ending them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cgroup } from '../../test/helpers/cgroups.ts';

/** `sh -c ENTER MEMORY CPU COMMAND…`: a shell that enters both cgroups, the second only where it is named, and becomes the command. */
export const ENTER = `
echo $$ > "$0/cgroup.procs" || exit 1
if [ -n "$1" ]; then echo $$ > "$1/cgroup.procs" || exit 1; fi
shift
exec "$@"
`;

/** Whether this machine has cgroups of version 2 only. */
export const isV2 = () => existsSync('/sys/fs/cgroup/cgroup.controllers');

/** How often the kernel killed a process of the cgroup because of its limit. */
export function killsIn({ path }: Cgroup): number {
  const text = readFileSync(join(path, isV2() ? 'memory.events' : 'memory.oom_control'), 'utf8');
  return Number(/oom_kill (\d+)/.exec(text)?.[1] ?? 0);
}

/** Ends all processes of the cgroup: the one that was killed may have left others. */
export function endAllIn({ path }: Cgroup): void {
  for (const pid of readFileSync(join(path, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has exited by itself.
    }
  }
}
