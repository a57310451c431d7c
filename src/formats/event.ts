// An OOM kill as JSON documents have it.
import type { Kill } from '../model/snapshot/oom-kill.ts';
import { isoTime } from './time.ts';

/** Its fields in a fixed order; what is not known is undefined, which JSON leaves out. */
export function eventAsJson({ time, ...kill }: Kill) {
  const { type, pid, name, user, rss, scope, cgroup, limit, by, certainty, source, verified } = kill;
  return { type, time: isoTime(time), pid, name, user, rss, scope, cgroup, limit, by, certainty, source, verified };
}
