// A cgroup's memory as text.

import { clean } from '../../text/clean.ts';
import { formatSize } from '../../text/format.ts';
import { type GroupLimit, headroomBelow, type MemoryGroup, usedOf } from '../snapshot/cgroup-memory.ts';
import { titleOfLimit } from './gauge.ts';
import { pressureText } from './pressure.ts';
import { kindOfTotal } from './sentences.ts';

/**
 * Next to the name of a cgroup: `281M of 512M limit`, or `charged 281M` where there is no limit. Undefined when nothing is
 * known, or when the row is only a part of the cgroup (not `isWhole`) and there is no limit.
 */
export function groupNote({ charged, limit }: MemoryGroup, isWhole: boolean): string | undefined {
  if (limit !== undefined) return `${formatSize(usedOf(limit))} of ${formatSize(limit.limit)}${kindOfTotal({ limit })}`;
  return charged === undefined || !isWhole ? undefined : `charged ${formatSize(charged)}`;
}

/** Usage with and without page cache; undefined where the cgroup does not account for memory. */
export function usageText({ charged, workingSet }: MemoryGroup): string | undefined {
  if (charged === undefined) return undefined;
  const without = workingSet === undefined ? '' : ` (${formatSize(workingSet)} without inactive file cache)`;
  return `${formatSize(charged)}${without}`;
}

/** The limit that is reached first, the cgroup it belongs to if that is another one, the headroom below it, its swap and pressure. */
export function limitText({ path, limit, pressure }: MemoryGroup): string {
  if (limit === undefined) return 'no limit';
  const owner = limit.path === path ? '' : ` of ${clean(titleOfLimit(limit))}`;
  const swap =
    limit.swapLimit === undefined ? '' : `; swap ${formatSize(limit.swapUsed ?? 0)} of ${formatSize(limit.swapLimit)}`;
  const felt = limit.pressure ?? pressure;
  const stalls = felt === undefined ? '' : `; ${pressureText(felt)}`;
  return `${formatSize(limit.limit)} ${actionOf(limit)}${owner}, ${formatSize(headroomBelow(limit))} left${swap}${stalls}`;
}

function actionOf({ slows, most }: GroupLimit): string {
  if (slows !== true) return 'limit';
  return most === undefined ? 'before throttling' : `before throttling (killed above ${formatSize(most)})`;
}
