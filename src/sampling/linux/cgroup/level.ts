// Reads the files of one memory cgroup, of whichever version.
import { existsSync } from 'node:fs';
import type { GroupLimit, MemoryGroup, Pressure } from '../../../model/snapshot/cgroup-memory.ts';
import type { FileReader, Why } from '../reading/file-reader.ts';
import { parseLimit, parseUsage, statOf } from './files.ts';
import { parsePressure } from './pressure.ts';

/** One cgroup on the way from a process's own up to the root. */
export interface CgroupLevel
  extends Pick<MemoryGroup, 'path' | 'charged' | 'workingSet' | 'unreclaimable' | 'pressure'> {
  /** The limits that are set on it: memory.max, then memory.high. */
  readonly limits: readonly GroupLimit[];
  /** Version 1 only: the lowest limit that applies to it, including limits that are not visible from here. */
  readonly bound?: number;
  /** What could not be read. */
  readonly why?: Why;
}

/** The files of a version. memory.peak exists since Linux 5.19. */
const FILES = {
  1: {
    limit: 'memory.limit_in_bytes',
    high: undefined,
    charged: 'memory.usage_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    inactive: 'total_inactive_file',
    reclaimable: ['total_active_file'],
  },
  2: {
    limit: 'memory.max',
    high: 'memory.high',
    charged: 'memory.current',
    peak: 'memory.peak',
    inactive: 'inactive_file',
    reclaimable: ['active_file', 'slab_reclaimable'],
  },
} as const;

/** Reads a file as text, or says why it cannot. */
export type TextReader = Pick<FileReader, 'text'>;

/** Where a cgroup's files are. */
export interface CgroupPlace {
  readonly path: string;
  readonly folder: string;
  readonly version: 1 | 2;
}

/**
 * One reading. Usage is read where there is a limit, or where it `isWanted`: memory.stat makes the kernel add up the
 * counters of all CPUs.
 */
export function readLevel(place: CgroupPlace, reader: TextReader, isWanted: boolean): CgroupLevel {
  const { path, folder, version } = place;
  const files = FILES[version];
  const bytes = <Value>(file: string, parse: (text: string) => Value | undefined): Value | Why => {
    const read = reader.text(`${folder}/${file}`);
    return 'text' in read ? (parse(read.text) ?? 'malformed') : read.why;
  };
  const most = bytes(files.limit, parseLimit);
  const high = files.high === undefined ? 'none' : bytes(files.high, parseLimit);
  const bounds = boundsOf(most, high);
  const limits: GroupLimit[] = [];
  if (bounds.length === 0 && !isWanted) return { path, limits, ...whyNot(most, folder) };
  const charged = bytes(files.charged, parseUsage);
  if (typeof charged !== 'number') {
    // The limit existed a moment ago, but its usage is gone.
    if (bounds.length > 0) return { path, limits, why: charged };
    return { path, limits, ...(whyNot(most, folder) ?? whyNot(charged, folder)) };
  }
  const stat = reader.text(`${folder}/memory.stat`);
  const text = 'text' in stat ? stat.text : '';
  const bound = version === 1 ? statOf(text, 'hierarchical_memory_limit') : undefined;
  const pressure = version === 2 ? readPressure(folder, reader) : undefined;
  const usage = { path, charged, ...usageOf(text, charged, version), ...(pressure !== undefined && { pressure }) };
  if (bounds.length > 0) {
    const peak = bytes(files.peak, parseUsage);
    const swap = readSwap(place, reader, charged, most);
    for (const each of bounds) limits.push({ ...usage, ...(typeof peak === 'number' && { peak }), ...each, ...swap });
  }
  return { ...usage, limits, ...(bound !== undefined && { bound }), ...whyNot(most, folder) };
}

/** `charged` less what can be reclaimed, as far as memory.stat says. Counters of several CPUs may add up to more. */
function usageOf(stat: string, charged: number, version: 1 | 2): Pick<CgroupLevel, 'workingSet' | 'unreclaimable'> {
  const inactive = statOf(stat, FILES[version].inactive);
  if (inactive === undefined) return {};
  const others = FILES[version].reclaimable.reduce((sum, name) => sum + (statOf(stat, name) ?? 0), 0);
  return { workingSet: Math.max(0, charged - inactive), unreclaimable: Math.max(0, charged - inactive - others) };
}

/** Both are in force: usage decides which one is reached first. A memory.high above memory.max never acts. */
function boundsOf(most: number | string, high: number | string): Pick<GroupLimit, 'limit' | 'slows' | 'most'>[] {
  const kills = typeof most === 'number' ? [{ limit: most }] : [];
  if (typeof high !== 'number' || (typeof most === 'number' && high >= most)) return kills;
  return [...kills, { limit: high, slows: true, ...(typeof most === 'number' && { most }) }];
}

/** A cgroup without the file is one without the controller, as the root always is; one without a folder has gone. */
function whyNot(read: number | string, folder: string): { why: Why } | undefined {
  if (typeof read === 'number' || read === 'none') return undefined;
  if (read === 'gone' && existsSync(folder)) return undefined;
  return { why: read as Why };
}

function readPressure(folder: string, reader: TextReader): Pressure | undefined {
  const read = reader.text(`${folder}/memory.pressure`);
  return 'text' in read ? parsePressure(read.text) : undefined;
}

/** Version 1 limits and counts memory and swap together: the swap limit is their limit minus that of memory. */
function readSwap(
  { folder, version }: CgroupPlace,
  reader: TextReader,
  charged: number,
  limit: number | string,
): Pick<GroupLimit, 'swapLimit' | 'swapUsed'> {
  const [limits, uses] =
    version === 1
      ? (['memory.memsw.limit_in_bytes', 'memory.memsw.usage_in_bytes'] as const)
      : (['memory.swap.max', 'memory.swap.current'] as const);
  const [allowed, used] = [reader.text(`${folder}/${limits}`), reader.text(`${folder}/${uses}`)];
  const most = 'text' in allowed ? parseLimit(allowed.text) : undefined;
  const now = 'text' in used ? parseUsage(used.text) : undefined;
  const memory = version === 1 ? { limit: typeof limit === 'number' ? limit : 0, charged } : { limit: 0, charged: 0 };
  return {
    ...(typeof most === 'number' && { swapLimit: Math.max(0, most - memory.limit) }),
    ...(now !== undefined && { swapUsed: Math.max(0, now - memory.charged) }),
  };
}
