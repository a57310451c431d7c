// What the pane of OOM kills says where there is nothing to list, or where not everything can be known.
import type { Snapshot } from '../../model/snapshot.ts';

/** Why there is no kill to show: none happened, none is told of, or none can be known. */
export function noKills(snapshot: Snapshot): string[] {
  const { oomKills } = snapshot.system;
  if (oomKills === undefined) {
    return ['This system does not count processes that were killed for lack of memory, so memtop cannot notice them.'];
  }
  if (oomKills === 0) {
    return ['No process has been killed for lack of memory since this machine booted.', ...unreadable(snapshot)];
  }
  const told = unreadable(snapshot);
  return told.length > 0 ? told : ["None since memtop began, and the kernel's log no longer tells of those before."];
}

/** What is missing where the kernel's log cannot be read, and what to do about it. */
export function unreadable({ gaps }: Snapshot): string[] {
  const gap = gaps.find(({ what }) => what === 'kernel log');
  if (gap === undefined) return [];
  if (gap.why !== 'denied')
    return ['There is no log of the kernel here: a kill is counted, and the process not named.'];
  return [
    "This user may not read the kernel's log: a kill is counted, and the process not named. Run memtop as root, join the group systemd-journal, or type: sudo sysctl kernel.dmesg_restrict=0",
  ];
}
