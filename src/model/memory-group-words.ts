// What is known of a cgroup's memory in words.
import { clean } from './clean.ts';
import { formatSize } from './format.ts';
import { titleOfLimit } from './gauge.ts';
import { type GroupLimit, type MemoryGroup, roomBelow, usedOf } from './memory-group.ts';
import { pressureText } from './pressure-words.ts';

/**
 * Beside the name of a group: `281M of 512M limit`, or `charged 281M` where there is none. Undefined when nothing is
 * known, or when it is known of a part of the group only (not `isWhole`) and there is no limit.
 */
export function groupNote({ charged, limit }: MemoryGroup, isWhole: boolean): string | undefined {
  if (limit !== undefined) return `${formatSize(usedOf(limit))} of ${formatSize(limit.limit)} ${markOf(limit)}`;
  return charged === undefined || !isWhole ? undefined : `charged ${formatSize(charged)}`;
}

/** Usage with and without page cache; undefined where the cgroup does not account for memory. */
export function usageText({ charged, workingSet }: MemoryGroup): string | undefined {
  if (charged === undefined) return undefined;
  const without = workingSet === undefined ? '' : `, ${formatSize(workingSet)} without idle page cache`;
  return `${formatSize(charged)} charged${without}`;
}

/** The limit that is reached first, whose it is when it is another's, and what is left below it. */
export function limitText({ path, limit, pressure }: MemoryGroup): string {
  if (limit === undefined) return 'none below the memory of the machine';
  const whose = limit.path === path ? '' : ` of ${clean(titleOfLimit(limit))}`;
  const swap =
    limit.swapLimit === undefined ? '' : `; swap ${formatSize(limit.swapUsed ?? 0)} of ${formatSize(limit.swapLimit)}`;
  const waits = pressure === undefined ? '' : `; ${pressureText(pressure)}`;
  return `${formatSize(limit.limit)} ${markOf(limit)}${whose}, ${formatSize(roomBelow(limit))} left${swap}${waits}`;
}

function markOf({ slows }: GroupLimit): string {
  return slows === true ? 'until slowed' : 'limit';
}
