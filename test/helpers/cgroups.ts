// Memory cgroups of a test's own, with a limit: what is killed in one harms nothing else.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { until } from './until.ts';

export interface Cgroup {
  readonly path: string;
  /** As the kernel's log names it. */
  readonly name: string;
}

/** A cgroup with a limit of memory in bytes and none of swap, or why there is none. */
export function makeCgroup(name: string, limit: number): Cgroup | string {
  const isV2 = existsSync('/sys/fs/cgroup/cgroup.controllers');
  const path = `/sys/fs/cgroup/${isV2 ? '' : 'memory/'}${name}`;
  try {
    if (isV2) writeFileSync('/sys/fs/cgroup/cgroup.subtree_control', '+memory');
    mkdirSync(path);
    writeFileSync(`${path}/${isV2 ? 'memory.max' : 'memory.limit_in_bytes'}`, String(limit));
    const swap = `${path}/${isV2 ? 'memory.swap.max' : 'memory.memsw.limit_in_bytes'}`;
    if (existsSync(swap)) writeFileSync(swap, isV2 ? '0' : String(limit));
    return { path, name: `/${name}` };
  } catch (error) {
    if (existsSync(path)) rmdirSync(path);
    return `no memory cgroup can be made here: ${error instanceof Error ? error.message : error}`;
  }
}

/** Removes it once the kernel has let go of the dead, which takes it a moment. */
export async function removeCgroup({ path }: Cgroup): Promise<void> {
  await until(() => readFileSync(`${path}/cgroup.procs`, 'utf8') === '');
  rmdirSync(path);
}
