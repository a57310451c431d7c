// Whether the numbers in a /proc are those that kill(2) takes: a /proc of another pid namespace names other processes.
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseNamespacePids } from '../sampling/linux/proc/status.ts';
import { FileReader } from '../sampling/linux/reading/file-reader.ts';

/**
 * Why nothing may be done to a pid of this /proc, a sentence; undefined when its pids are our own namespace's.
 *
 * /proc/self names the reader as that tree numbers it, and NSpid of its status has one number for each namespace from
 * the tree's down to the reader's own (proc(5), pid_namespaces(7)). In `unshare --pid --fork` without a /proc of its own
 * they differ from our pid: the same number then means one process here and another to kill(2).
 */
export function foreignPids(ownPid = process.pid, root = '/proc'): string | undefined {
  let self: string | undefined;
  try {
    self = readlinkSync(join(root, 'self'));
  } catch {
    return `memtop does not find itself in ${root}, so its process IDs are not those that signals go to.`;
  }
  const status = new FileReader().text(join(root, 'self/status'));
  const pids = 'text' in status ? parseNamespacePids(status.text) : [];
  if (self === String(ownPid) && pids.length <= 1) return undefined;
  return `${root} belongs to another PID namespace: there memtop is process ${self}, and signals would go to processes other than those shown.`;
}
