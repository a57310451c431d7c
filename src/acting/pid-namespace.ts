// Whether the PIDs in a /proc are those that kill(2) takes: a /proc of another PID namespace numbers processes differently.
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { parseNamespacePids } from '../sampling/linux/proc/status.ts';
import { FileReader } from '../sampling/linux/reading/file-reader.ts';

/**
 * Why memtop must not act on PIDs of this /proc, as a sentence; undefined when they belong to our own namespace.
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
    return `memtop is not listed in ${root}, so the process IDs there are not those that signals go to.`;
  }
  const status = new FileReader().text(join(root, 'self/status'));
  const pids = 'text' in status ? parseNamespacePids(status.text) : [];
  if (self === String(ownPid) && pids.length <= 1) return undefined;
  return `${root} belongs to another PID namespace: there, memtop is process ${self}, and signals would reach processes other than those shown.`;
}
