// Reads the files of one memory cgroup, of whichever version.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GroupLimit, MemoryGroup, Pressure } from '../../model/memory-group.ts';
import type { FileReader, Why } from './file-reader.ts';
import { parseLimit, parseUsage, statOf } from './memory-cgroup.ts';
import { parsePressure } from './pressure.ts';

/** One cgroup on the way from a process's own up to the root. */
export interface Level extends Pick<MemoryGroup, 'path' | 'charged' | 'workingSet' | 'pressure'> {
  /** The limit that is set on it. */
  readonly limit?: GroupLimit;
  /** Version 1 only: the least of the limits that bind it, those included that cannot be seen from here. */
  readonly bound?: number;
  /** What could not be read. */
  readonly why?: Why;
}

/** The files of a version. */
const FILES = {
  1: {
    limit: 'memory.limit_in_bytes',
    high: undefined,
    charged: 'memory.usage_in_bytes',
    inactive: 'total_inactive_file',
  },
  2: { limit: 'memory.max', high: 'memory.high', charged: 'memory.current', inactive: 'inactive_file' },
} as const;

/** Where a cgroup's files are. */
export interface Place {
  readonly path: string;
  readonly folder: string;
  readonly version: 1 | 2;
}

/**
 * One reading. Usage is read where there is a limit, or where it `isWanted`: memory.stat makes the kernel add up the
 * counters of all CPUs.
 */
export function readLevel(place: Place, reader: FileReader, isWanted: boolean): Level {
  const { path, folder, version } = place;
  const files = FILES[version];
  const bytes = <Value>(file: string, parse: (text: string) => Value | undefined): Value | Why => {
    const read = reader.text(join(folder, file));
    return 'text' in read ? (parse(read.text) ?? 'malformed') : read.why;
  };
  const most = bytes(files.limit, parseLimit);
  const high = files.high === undefined ? 'none' : bytes(files.high, parseLimit);
  const bounds = boundsOf(most, high);
  if (bounds === undefined && !isWanted) return { path, ...whyNot(most, folder) };
  const charged = bytes(files.charged, parseUsage);
  if (typeof charged !== 'number') {
    // A limit was there a moment ago, and what it limits is not.
    if (bounds !== undefined) return { path, why: charged };
    return { path, ...(whyNot(most, folder) ?? whyNot(charged, folder)) };
  }
  const stat = reader.text(join(folder, 'memory.stat'));
  const inactive = 'text' in stat ? statOf(stat.text, files.inactive) : undefined;
  const bound = 'text' in stat && version === 1 ? statOf(stat.text, 'hierarchical_memory_limit') : undefined;
  const pressure = version === 2 ? readPressure(folder, reader) : undefined;
  const usage = {
    path,
    charged,
    ...(inactive !== undefined && { workingSet: Math.max(0, charged - inactive) }),
    ...(pressure !== undefined && { pressure }),
  };
  return {
    ...usage,
    ...(bound !== undefined && { bound }),
    ...(bounds !== undefined && { limit: { ...usage, ...bounds, ...readSwap(place, reader, usage.charged, bounds) } }),
    ...whyNot(most, folder),
  };
}

/** memory.max counts, and memory.high only where there is no such end: below it everybody is only slowed down. */
function boundsOf(most: number | string, high: number | string): Pick<GroupLimit, 'limit' | 'slows'> | undefined {
  if (typeof most === 'number') return { limit: most };
  return typeof high === 'number' ? { limit: high, slows: true } : undefined;
}

/** A cgroup without the file is one without the controller, as the root always is; one without a folder has gone. */
function whyNot(read: number | string, folder: string): { why: Why } | undefined {
  if (typeof read === 'number' || read === 'none') return undefined;
  if (read === 'gone' && existsSync(folder)) return undefined;
  return { why: read as Why };
}

function readPressure(folder: string, reader: FileReader): Pressure | undefined {
  const read = reader.text(join(folder, 'memory.pressure'));
  return 'text' in read ? parsePressure(read.text) : undefined;
}

/** Version 1 limits and counts memory and swap together. */
function readSwap(
  { folder, version }: Place,
  reader: FileReader,
  charged: number,
  { limit }: Pick<GroupLimit, 'limit'>,
): Pick<GroupLimit, 'swapLimit' | 'swapUsed'> {
  const [limits, uses] =
    version === 1
      ? ['memory.memsw.limit_in_bytes', 'memory.memsw.usage_in_bytes']
      : ['memory.swap.max', 'memory.swap.current'];
  const [told, used] = [reader.text(join(folder, limits as string)), reader.text(join(folder, uses as string))];
  const [most, now] = [
    'text' in told ? parseLimit(told.text) : undefined,
    'text' in used ? parseUsage(used.text) : undefined,
  ];
  const without = version === 1 ? { limit, charged } : { limit: 0, charged: 0 };
  return {
    ...(typeof most === 'number' && { swapLimit: Math.max(0, most - without.limit) }),
    ...(now !== undefined && { swapUsed: Math.max(0, now - without.charged) }),
  };
}
