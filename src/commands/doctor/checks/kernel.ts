// What the kernel tells: its log, kills for want of memory, pressure, control groups.
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
/** Written by syslog daemons, and by anyone who may write to /dev/log. */
const PLAIN_LOGS = ['/var/log/kern.log', '/var/log/syslog', '/var/log/messages'];

export const kernelLog: Check = {
  id: 'kernel-log',
  title: 'kernel log',
  purpose: 'naming who was killed for want of memory',
  cost: 'That somebody was killed is still noticed, but not who it was.',
  look(machine) {
    if (machine.platform !== 'linux') return notHere('Kills are told by the log of Linux.');
    const log = machine.open('/dev/kmsg');
    if (log === true) return ok('/dev/kmsg is readable.');
    const journal = readableJournal(machine);
    if (journal !== undefined) return ok(`/dev/kmsg is not readable, the journal in ${journal} is.`);
    const remedies = [
      ...runAsRoot(machine),
      ...(log === 'denied' ? openingLog(machine) : []),
      ...(machine.uid === 0 && log === 'gone'
        ? [{ say: 'In a container, hand the device in.', type: 'docker run --device /dev/kmsg --cap-add SYSLOG …' }]
        : []),
    ];
    const why = log === 'gone' ? 'There is no /dev/kmsg' : '/dev/kmsg may not be read';
    const plain = PLAIN_LOGS.find((path) => machine.open(path) === true);
    if (plain !== undefined) return limited(`${why}; ${plain} is, but what it says can be forged.`, ...remedies);
    return missing(`${why}, and no other log of the kernel either.`, ...remedies);
  },
};

/** The journal's own group may read it; the switch opens /dev/kmsg to everybody. */
function openingLog(machine: Machine) {
  const opened = { say: 'Or open the log to everybody.', type: asRoot(machine, 'sysctl kernel.dmesg_restrict=0') };
  if (JOURNALS.every((folder) => machine.facts(folder) === undefined)) return [opened];
  const type = asRoot(machine, `usermod -aG systemd-journal ${machine.user}`);
  return [{ say: 'Or join the group that may read the journal, and log in again.', type }, opened];
}

/** A folder of the journal in which the system's own file can be opened. */
function readableJournal(machine: Machine): string | undefined {
  return JOURNALS.find((folder) =>
    machine.names(folder)?.some((id) => machine.open(join(folder, id, 'system.journal')) === true),
  );
}

export const killCounter: Check = {
  id: 'kill-counter',
  title: 'counter of kills',
  purpose: 'noticing within one interval that the kernel killed for want of memory',
  cost: 'Kills are noticed only where the log can be read.',
  look(machine) {
    if (!readsProc(machine)) return notHere('The counter is in /proc/vmstat of Linux.');
    const vmstat = machine.read(join(machine.proc, 'vmstat'));
    if ('text' in vmstat && /^oom_kill \d/m.test(vmstat.text)) return ok('vmstat counts them.');
    return limited('vmstat does not count them.', { say: 'Use Linux 4.13 or later.' });
  },
};

export const pressure: Check = {
  id: 'pressure',
  title: 'memory pressure',
  purpose: 'how long programs wait for memory (PSI), in the header',
  cost: 'That a machine is thrashing shows only by its swap.',
  look(machine) {
    if (!readsProc(machine)) return notHere('Pressure is told by Linux.');
    const path = join(machine.proc, 'pressure/memory');
    const read = machine.read(path);
    if ('text' in read && /^some avg10=/m.test(read.text)) return ok(`${path} is readable.`);
    if (!machine.isLive) return notHere('This tree has no copy of it.');
    if (machine.facts(path) === undefined && machine.facts(join(machine.proc, 'pressure')) === undefined) {
      return missing('This kernel has no pressure figures, or has them switched off.', bootParameter(machine, 'psi=1'));
    }
    return missing('The kernel has pressure figures, but switched off.', bootParameter(machine, 'psi=1'));
  },
};

export const controlGroup: Check = {
  id: 'cgroup',
  title: 'memory control group',
  purpose: 'limits of containers and services: the gauge that counts inside one',
  cost: 'A limit below the memory of the machine is not seen coming.',
  look(machine) {
    if (!readsProc(machine)) return notHere('Only Linux has control groups.');
    const self = (file: string) => machine.read(join(machine.proc, 'self', file));
    const [groups, mounts] = [self('cgroup'), self('mountinfo')];
    if (!('text' in groups) || !('text' in mounts)) return missing('This kernel has no control groups.');
    const { memory, unified } = parseMemberships(groups.text);
    // A tree of plain files has its cgroups next to it.
    const above = machine.isLive ? '/' : dirname(machine.proc);
    const mounted = memoryMounts(mounts.text).map((mount) => ({ ...mount, folder: join(above, mount.folder) }));
    for (const mount of mounted) {
      const path = mount.version === 1 ? memory : unified;
      const places = path === undefined ? undefined : foldersOf(mount, path);
      if (places === undefined) continue;
      if (!hasMemoryController(mount, machine.read)) {
        return limited('The memory controller is switched off.', bootParameter(machine, 'cgroup_enable=memory'));
      }
      return limitFound(machine, mount.version, places);
    }
    return missing(mounted.length === 0 ? 'None is mounted.' : 'The one memtop is in lies outside of what is mounted.');
  },
};

/** The limit in force for memtop: its own, or that of a cgroup above it, with all that the gauge says of it. */
function limitFound(machine: Machine, version: 1 | 2, places: readonly { path: string; folder: string }[]): Finding {
  const reader = { text: machine.read };
  const levels = places.map((place, index) => readLevel({ ...place, version }, reader, index === 0));
  const meminfo = machine.read(join(machine.proc, 'meminfo'));
  const total = 'text' in meminfo ? parseMeminfo(meminfo.text).get('MemTotal') : undefined;
  const { path, limit } = groupOf(levels, total);
  if (limit === undefined) return ok(`version ${version}; no limit is in force here.`);
  const owner = limit.path === path ? '' : ` (of ${titleOfLimit(limit)})`;
  return ok(`version ${version}; in force here${owner}: ${limitText({ path: limit.path, limit })}.`);
}
