// The texts of the pane of OOM kills where there is nothing to list, or where the list may be incomplete.
import type { Snapshot } from '../../model/snapshot/snapshot.ts';

/** Why there is no kill to show: none happened, the log is still being read, or it cannot be read. */
export function noKills(snapshot: Snapshot): string[] {
  const { oomKills } = snapshot.system;
  if (oomKills === undefined) return ['This kernel does not count OOM kills, so memtop cannot detect them.'];
  if (oomKills === 0) return ['No OOM kills since this machine booted.', ...unreadable(snapshot)];
  const missing = unreadable(snapshot);
  if (missing.length > 0) return missing;
  if (snapshot.pastKills === undefined) return ['Reading the kernel log…'];
  return ['No OOM kills since memtop started. The kernel log does not reach back further.'];
}

/** What is missing where the kernel's log cannot be read, and what to do about it. */
export function unreadable({ gaps }: Snapshot): string[] {
  if (gaps.some(({ what }) => what === 'kernel log reader')) {
    return ['memtop was upgraded or removed while running, and cannot read the kernel log. Restart it.'];
  }
  const gap = gaps.find(({ what }) => what === 'kernel log');
  if (gap === undefined) return [];
  if (gap.why !== 'denied') return ['No kernel log: OOM kills are counted, but processes are not named.'];
  return [
    'Permission denied for the kernel log: OOM kills are counted, but processes are not named. Run memtop as root, join the group systemd-journal, or run: sudo sysctl kernel.dmesg_restrict=0',
  ];
}
