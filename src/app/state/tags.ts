// Tags: processes picked one by one, to be acted on or drawn together. A tag is of a process, not of a line.
import type { Identity } from '../../model/snapshot/snapshot.ts';
import type { Target } from './collects.ts';

/** The tagged processes by PID. A look-up compares the start time as well: `isTagged` does. */
export type Tags = ReadonlyMap<number, Target>;

/** Whether a process is tagged: pid and start time, since a reused pid is another process. */
export function isTagged(tags: Tags, { pid, startTime }: Pick<Identity, 'pid' | 'startTime'>): boolean {
  return tags.get(pid)?.startTime === startTime;
}
