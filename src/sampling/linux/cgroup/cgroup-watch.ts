// The memory cgroups of memtop itself and of the watched processes: the limit in force, and the usage below it.

import { join } from 'node:path';
import type { GroupLimit, MemoryGroup } from '../../../model/snapshot/cgroup-memory.ts';
import { tightest } from '../../../model/snapshot/cgroup-memory.ts';
import { existing } from '../../../numbers/existing.ts';
import type { Gaps } from '../../sampler/gaps.ts';
import { parseCgroup } from '../proc/cgroup.ts';
import type { FileReader } from '../reading/file-reader.ts';
import type { ProcRoot } from '../reading/proc-root.ts';
import { type CgroupLevel, readLevel } from './level.ts';
import { type CgroupMount, containerIn, foldersOf, hasMemoryController, memoryMounts } from './mount.ts';

/** Milliseconds after which memtop checks again for a limit where there was none. */
const UNLIMITED_AGE = 5000;
/** Maximum number of other cgroups read per tick, least recently read first. */
const MOST_READ = 8;
/** Maximum number remembered, and the milliseconds for which a reading is reused. */
const MOST_KEPT = 512;
const LEAST_AGE = 900;
const NONE: ReadonlySet<string> = new Set();
/** Hosts of many containers have thousands of mounts; memory's is among the first. */
const LONGEST_MOUNTINFO = 1024 * 1024;

interface Known {
  readonly group: MemoryGroup;
  readonly readAt: number;
}

export class MemoryGroups {
  readonly #root: ProcRoot;
  readonly #reader: FileReader;
  #mounts: readonly CgroupMount[] | undefined;
  #container: string | undefined;
  /** The cgroup of memtop, and when it and the absence of a limit were last checked. */
  #own: string | undefined;
  #ownAt = Number.NEGATIVE_INFINITY;
  #isLimited = false;
  readonly #known = new Map<string, Known>();
  #list: readonly MemoryGroup[] | undefined;

  constructor(root: ProcRoot, reader: FileReader) {
    this.#root = root;
    this.#reader = reader;
  }

  /** The limit that memtop itself is under; undefined when there is none below `total`, the memory of the machine. */
  own(now: number, total: number | undefined, gaps: Gaps): GroupLimit | undefined {
    const isOld = now - this.#ownAt >= UNLIMITED_AGE;
    if (!isOld && !this.#isLimited) return undefined;
    if (isOld) {
      this.#own = this.#ownPath();
      this.#ownAt = now;
    }
    const limit = this.#own === undefined ? undefined : this.#read(this.#own, total, gaps)?.limit;
    this.#isLimited = limit !== undefined;
    if (limit === undefined || this.#container === undefined) return limit;
    return { ...limit, container: this.#container };
  }

  /**
   * Memory of the cgroups of other processes; a bounded number is read per call, and those of `always` every time. The
   * same list while nothing was read; undefined while it is not requested.
   */
  of(
    {
      paths,
      always = NONE,
    }: { readonly paths: ReadonlySet<string>; readonly always?: ReadonlySet<string> | undefined },
    now: number,
    total: number | undefined,
    gaps: Gaps,
  ): readonly MemoryGroup[] | undefined {
    if (paths.size === 0 && always.size === 0) {
      this.#known.clear();
      this.#list = undefined;
      return undefined;
    }
    const due = [...paths].map((path) => ({ path, readAt: this.#known.get(path)?.readAt ?? Number.NEGATIVE_INFINITY }));
    due.sort((one, other) => (one.readAt < other.readAt ? -1 : one.readAt > other.readAt ? 1 : 0));
    let hasChanged = this.#forget(paths, always);
    for (const path of always) {
      this.#known.set(path, { group: this.#read(path, total, gaps) ?? { path }, readAt: now });
      hasChanged = true;
    }
    for (const { path, readAt } of due.slice(0, MOST_READ)) {
      if (now - readAt < LEAST_AGE) break;
      const group = this.#read(path, total, gaps);
      this.#known.set(path, { group: group ?? { path }, readAt: now });
      hasChanged = true;
    }
    if (hasChanged) this.#list = [...this.#known.values()].map((known) => known.group);
    return this.#list;
  }

  #forget(paths: ReadonlySet<string>, always: ReadonlySet<string>): boolean {
    const before = this.#known.size;
    for (const path of this.#known.keys()) {
      if (always.has(path)) continue;
      if (!paths.has(path) || this.#known.size > MOST_KEPT) this.#known.delete(path);
    }
    return this.#known.size !== before;
  }

  /** One cgroup and the limit in force for it; undefined where it cannot be seen. */
  #read(path: string, total: number | undefined, gaps: Gaps): MemoryGroup | undefined {
    for (const mount of this.#findMounts()) {
      const places = foldersOf(mount, path);
      if (places === undefined) continue;
      const levels = places.map((place, index) =>
        readLevel({ ...place, version: mount.version }, this.#reader, index === 0),
      );
      for (const { why } of levels) if (why !== undefined) gaps.add('memory cgroup', why);
      return groupOf(levels, total);
    }
    return undefined;
  }

  /** Read once: a controller does not change its hierarchy while it is in use. */
  #findMounts(): readonly CgroupMount[] {
    if (this.#mounts !== undefined) return this.#mounts;
    const length = this.#reader.all(join(this.#root.path, 'self/mountinfo'), LONGEST_MOUNTINFO);
    const text = typeof length === 'number' ? this.#reader.bytes.toString('utf8', 0, length) : '';
    this.#container = containerIn(text);
    // A tree of plain files has its cgroups next to it; a kernel reports folders as this process sees them.
    const above = this.#root.live ? '/' : this.#root.above;
    this.#mounts = memoryMounts(text)
      .map((mount) => ({ ...mount, folder: join(above, mount.folder) }))
      .filter((mount) => hasMemoryController(mount, (path) => this.#reader.text(path)));
    return this.#mounts;
  }

  #ownPath(): string | undefined {
    const length = this.#reader.once(join(this.#root.path, 'self/cgroup'));
    return typeof length === 'number' ? parseCgroup(this.#reader.bytes, length) : undefined;
  }
}

/**
 * Combines the levels, the process's own first. A limit as large as the machine does not count. In version 1 a cgroup may be outside
 * of its parents' accounts (use_hierarchy), which hierarchical_memory_limit reflects; or be limited by one that is not visible from here.
 */
export function groupOf(levels: readonly CgroupLevel[], total = Number.POSITIVE_INFINITY): MemoryGroup {
  const { path, charged, workingSet, unreclaimable, pressure, bound } = existing(levels[0]);
  const limits = levels.flatMap((level) => level.limits).filter(({ limit }) => limit < total && limit >= (bound ?? 0));
  const usage = {
    path,
    ...(charged !== undefined && { charged }),
    ...(workingSet !== undefined && { workingSet }),
    ...(unreclaimable !== undefined && { unreclaimable }),
    ...(pressure !== undefined && { pressure }),
  };
  const isHidden = bound !== undefined && bound < total && limits.every(({ limit }) => limit > bound);
  const hidden: GroupLimit[] = isHidden && charged !== undefined ? [{ ...usage, charged, limit: bound }] : [];
  const limit = tightest([...limits, ...hidden]);
  return { ...usage, ...(limit !== undefined && { limit }) };
}
