// A cgroup of the command's own, where one can be made: it lists all processes of the command, whatever they do with their parents.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCgroup, removeCgroup } from '../../files/cgroup.ts';
import { writeKernelFile } from '../../files/kernel-file.ts';
import { parseUsage } from '../../sampling/linux/cgroup/files.ts';
import { foldersOf, memoryMounts } from '../../sampling/linux/cgroup/mount.ts';
import { parseMemberships } from '../../sampling/linux/proc/cgroup.ts';
import { Members } from '../../sampling/linux/tree/members.ts';

/** Its name; a number that tells runs of one cgroup apart follows. */
const NAME = 'memtop-run-';

export class Enclosure {
  readonly #parent: string;
  readonly #folder: string;
  readonly #version: 1 | 2;

  private constructor(parent: string, folder: string, version: 1 | 2) {
    this.#parent = parent;
    this.#folder = folder;
    this.#version = version;
  }

  /** Makes one below memtop's own, with the same limits; undefined where that is not permitted, or there are no cgroups. */
  static make(pid: number): Enclosure | undefined {
    const [mount] = memoryMounts(textOf('/proc/self/mountinfo'));
    if (mount === undefined) return undefined;
    const { memory, unified } = parseMemberships(textOf('/proc/self/cgroup'));
    const path = mount.version === 1 ? memory : unified;
    const parent = path === undefined ? undefined : foldersOf(mount, path)?.[0]?.folder;
    if (parent === undefined) return undefined;
    const folder = join(parent, `${NAME}${pid}`);
    return makeCgroup(folder) ? new Enclosure(parent, folder, mount.version) : undefined;
  }

  /** The file that lists its processes. */
  get list(): string {
    return join(this.#folder, 'cgroup.procs');
  }

  /** Puts a process into it, whose children are in it from then on. Returns whether it is. */
  enter(pid: number): boolean {
    return this.#move(pid, this.list);
  }

  /** Puts in what a process has started before it was in itself, which may be something already. */
  enterAll(pid: number): void {
    const members = new Members(pid, {});
    const entered = new Set([pid]);
    for (let count = 0; count < entered.size; ) {
      count = entered.size;
      for (const member of members.find()) if (!entered.has(member) && this.enter(member)) entered.add(member);
    }
  }

  /** The highest charge in bytes (memory.peak, since Linux 5.19; memory.max_usage_in_bytes of version 1). */
  get charged(): number | undefined {
    const name = this.#version === 1 ? 'memory.max_usage_in_bytes' : 'memory.peak';
    return parseUsage(textOf(join(this.#folder, name)));
  }

  /** Gives what still runs back to the cgroup above, and removes it. */
  remove(): void {
    for (const pid of textOf(this.list).split('\n')) {
      if (pid !== '') this.#move(Number(pid), join(this.#parent, 'cgroup.procs'));
    }
    removeCgroup(this.#folder);
  }

  #move(pid: number, list: string): boolean {
    try {
      writeKernelFile(list, String(pid));
      return true;
    } catch {
      return false; // The process has ended, or may not be moved.
    }
  }
}

/** Empty for what cannot be read. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
