// What the kernel reports: its log, OOM kills, memory pressure, cgroups.
import { dirname, join } from 'node:path';
import { titleOfLimit } from '../../../model/cgroup/gauge.ts';
import { limitText } from '../../../model/cgroup/note.ts';
import { groupOf } from '../../../sampling/linux/cgroup/cgroup-watch.ts';
import { readLevel } from '../../../sampling/linux/cgroup/level.ts';
import { foldersOf, hasMemoryController, memoryMounts } from '../../../sampling/linux/cgroup/mount.ts';
import { parseMemberships } from '../../../sampling/linux/proc/cgroup.ts';
import { parseMeminfo } from '../../../sampling/linux/proc/meminfo.ts';
import { type Check, type Finding, limited, missing, notHere, ok } from './check.ts';
import type { Machine } from './machine.ts';
import { readsProc } from './processes.ts';
import { asRoot, bootParameter, runAsRoot } from './remedies.ts';

const JOURNALS = ['/var/log/journal', '/run/log/journal'];
/** Written by syslog daemons, and by any user with write access to /dev/log. */
const PLAIN_LOGS = ['/var/log/kern.log', '/var/log/syslog', '/var/log/messages'];

export const kernelLog: Check = {
  id: 'kernel-log',
  title: 'kernel log',
  purpose: 'naming processes killed by the OOM killer',
  cost: 'OOM kills are still counted, but not named.',
  run(machine) {
    if (machine.platform !== 'linux') return notHere('Only Linux logs OOM kills.');
    const log = machine.open('/dev/kmsg');
    if (log === true) return ok('/dev/kmsg is readable.');
    const journal = readableJournal(machine);
    if (journal !== undefined) return ok(`/dev/kmsg is not readable, but the journal in ${journal} is.`);
    const remedies = [
      ...runAsRoot(machine),
      ...(log === 'denied' ? openingLog(machine) : []),
      ...(machine.uid === 0 && log === 'gone'
        ? [
            {
              say: 'In a container, pass the device through.',
              type: 'docker run --device /dev/kmsg --cap-add SYSLOG …',
            },
          ]
        : []),
    ];
    const why = log === 'gone' ? 'There is no /dev/kmsg' : 'Permission denied for /dev/kmsg';
    const plain = PLAIN_LOGS.find((path) => machine.open(path) === true);
    if (plain !== undefined)
      return limited(`${why}. ${plain} is readable, but any user can forge entries in it.`, ...remedies);
    return missing(`${why}, and no other kernel log is readable.`, ...remedies);
  },
};

/** The group systemd-journal may read it; the sysctl opens /dev/kmsg to all users. */
function openingLog(machine: Machine) {
  const opened = {
    say: 'Or make the log readable for all users.',
    type: asRoot(machine, 'sysctl kernel.dmesg_restrict=0'),
  };
  if (JOURNALS.every((folder) => machine.facts(folder) === undefined)) return [opened];
  const type = asRoot(machine, `usermod -aG systemd-journal ${machine.user}`);
  return [{ say: 'Or join the group systemd-journal, and log in again.', type }, opened];
}

/** A folder of the journal in which the system's own file can be opened. */
function readableJournal(machine: Machine): string | undefined {
  return JOURNALS.find((folder) =>
    machine.names(folder)?.some((id) => machine.open(join(folder, id, 'system.journal')) === true),
  );
}

export const killCounter: Check = {
  id: 'kill-counter',
  title: 'OOM kill counter',
  purpose: 'detecting OOM kills within one interval',
  cost: 'OOM kills are detected only if the kernel log is readable.',
  run(machine) {
    if (!readsProc(machine)) return notHere('The counter is in /proc/vmstat, on Linux.');
    const vmstat = machine.read(join(machine.proc, 'vmstat'));
    if ('text' in vmstat && /^oom_kill \d/m.test(vmstat.text)) return ok('/proc/vmstat counts OOM kills.');
    return limited('/proc/vmstat does not count OOM kills.', { say: 'Use Linux 4.13 or later.' });
  },
};

export const pressure: Check = {
  id: 'pressure',
  title: 'memory pressure',
  purpose: 'time programs wait for memory (PSI), in the header',
  cost: 'Thrashing shows only as swap traffic.',
  run(machine) {
    if (!readsProc(machine)) return notHere('Only Linux reports memory pressure.');
    const path = join(machine.proc, 'pressure/memory');
    const read = machine.read(path);
    if ('text' in read && /^some avg10=/m.test(read.text)) return ok(`${path} is readable.`);
    if (!machine.isLive) return notHere('This proc tree has none.');
    if (machine.facts(path) === undefined && machine.facts(join(machine.proc, 'pressure')) === undefined) {
      return missing('This kernel has no PSI, or has it disabled.', bootParameter(machine, 'psi=1'));
    }
    return missing('The kernel has PSI, but it is disabled.', bootParameter(machine, 'psi=1'));
  },
};

export const controlGroup: Check = {
  id: 'cgroup',
  title: 'memory control group',
  purpose: 'limits of containers and services',
  cost: "Limits below the machine's memory are not shown or forecast.",
  run(machine) {
    if (!readsProc(machine)) return notHere('Only Linux has cgroups.');
    const self = (file: string) => machine.read(join(machine.proc, 'self', file));
    const [groups, mounts] = [self('cgroup'), self('mountinfo')];
    if (!('text' in groups) || !('text' in mounts)) return missing('This kernel has no cgroups.');
    const { memory, unified } = parseMemberships(groups.text);
    // A tree of plain files has its cgroups next to it.
    const above = machine.isLive ? '/' : dirname(machine.proc);
    const mounted = memoryMounts(mounts.text).map((mount) => ({ ...mount, folder: join(above, mount.folder) }));
    for (const mount of mounted) {
      const path = mount.version === 1 ? memory : unified;
      const places = path === undefined ? undefined : foldersOf(mount, path);
      if (places === undefined) continue;
      if (!hasMemoryController(mount, machine.read)) {
        return limited('The memory controller is disabled.', bootParameter(machine, 'cgroup_enable=memory'));
      }
      return limitFound(machine, mount.version, places);
    }
    return missing(
      mounted.length === 0 ? 'No cgroup hierarchy is mounted.' : "memtop's cgroup is outside the mounted hierarchy.",
    );
  },
};

/** The limit in force for memtop: its own, or that of a cgroup above it, with all that the gauge says of it. */
function limitFound(machine: Machine, version: 1 | 2, places: readonly { path: string; folder: string }[]): Finding {
  const reader = { text: machine.read };
  const levels = places.map((place, index) => readLevel({ ...place, version }, reader, index === 0));
  const meminfo = machine.read(join(machine.proc, 'meminfo'));
  const total = 'text' in meminfo ? parseMeminfo(meminfo.text).get('MemTotal') : undefined;
  const { path, limit } = groupOf(levels, total);
  if (limit === undefined) return ok(`version ${version}; no limit applies here.`);
  const owner = limit.path === path ? '' : ` (of ${titleOfLimit(limit)})`;
  return ok(`version ${version}; limit here${owner}: ${limitText({ path: limit.path, limit })}.`);
}
