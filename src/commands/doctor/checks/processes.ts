// What can be seen of processes: their list, the machine's memory, PSS and USS, and how many files can stay open.
import { join } from 'node:path';
import { mountOn, optionOf, parseMounts } from '../../../sampling/linux/proc/mounts.ts';
import { hasCapability, parseEffectiveUid } from '../../../sampling/linux/proc/status.ts';
import { descriptorLimit, MOST_DESCRIPTORS } from '../../../sampling/linux/processes/descriptors.ts';
import { type Check, type Finding, limited, missing, notHere, ok } from './check.ts';
import type { Machine } from './machine.ts';
import { asRoot, runAsRoot } from './remedies.ts';

/** Processes of other users that are tried for PSS and USS: each costs about 10 µs. */
const MOST_TRIED = 500;

export const processList: Check = {
  id: 'processes',
  title: 'process list',
  purpose: 'every row of the table',
  cost: 'Unlisted processes are not counted and can grow unseen.',
  vital: true,
  run(machine) {
    const { proc } = machine;
    if (!readsProc(machine)) return portable(machine);
    const pids = pidsOf(machine);
    if (pids.length === 0) {
      const type = proc === '/proc' ? { type: asRoot(machine, 'mount -t proc proc /proc') } : {};
      return missing(`${proc} is not a procfs.`, { say: 'Mount /proc.', ...type });
    }
    const hidden = hiding(machine);
    return hidden ?? ok(`${pids.length} processes of all users.`);
  },
};

/** Other systems are read through ps, and Windows through its own tools. */
function portable(machine: Machine): Finding {
  if (machine.platform === 'win32' || machine.program('ps') !== undefined) {
    return ok(`${machine.platform} has no /proc: the portable sampler is used.`);
  }
  return missing('Neither /proc nor the program ps is available.', { say: 'Add ps to the PATH.' });
}

/** A /proc mounted with hidepid shows nothing (1) or not even the names (2, 4) of other users' processes, proc(5). */
function hiding(machine: Machine): Finding | undefined {
  const mounts = machine.read(join(machine.proc, 'self/mounts'));
  const mount = 'text' in mounts ? mountOn(parseMounts(mounts.text), machine.proc) : undefined;
  const hidepid = mount === undefined ? undefined : optionOf(mount, 'hidepid');
  const isHiding = hidepid !== undefined && !['0', 'off'].includes(hidepid);
  if (!isHiding || mount === undefined || isPowerful(machine)) return undefined;
  if (machine.open(join(machine.proc, '1/stat')) === true) return undefined;
  const group = optionOf(mount, 'gid');
  return limited(
    `/proc is mounted with hidepid=${hidepid}: only your own processes are listed.`,
    ...runAsRoot(machine),
    group === undefined
      ? { say: 'Or show all processes to all users.', type: asRoot(machine, 'mount -o remount,hidepid=0 /proc') }
      : {
          say: `Or join the group ${group}, which sees all processes, and log in again.`,
          type: asRoot(machine, `usermod -aG $(getent group ${group} | cut -d: -f1) ${machine.user}`),
        },
  );
}

export const machineMemory: Check = {
  id: 'memory',
  title: "machine's memory",
  purpose: 'the gauge of available memory and its status',
  cost: 'No gauge; before Linux 3.14, available memory is estimated.',
  run(machine) {
    if (!readsProc(machine)) return ok('The portable sampler reads it from the system.');
    const meminfo = machine.read(join(machine.proc, 'meminfo'));
    if (!('text' in meminfo) || !/^MemTotal:/m.test(meminfo.text)) {
      return missing(`${join(machine.proc, 'meminfo')} cannot be read.`, { say: 'Mount /proc without subset=pid.' });
    }
    if (/^MemAvailable:/m.test(meminfo.text)) return ok('The kernel reports available memory (MemAvailable).');
    return limited('This kernel does not report available memory: it is estimated.', {
      say: 'Use Linux 3.14 or later.',
    });
  },
};

export const smaps: Check = {
  id: 'shares',
  title: 'PSS, USS of others',
  purpose: 'PSS, USS and shared memory (smaps_rollup) of processes of other users',
  cost: 'These columns stay blank for such processes, and PSS totals exclude them.',
  run(machine) {
    if (!readsProc(machine)) return notHere(`PSS and USS need /proc, which ${machine.platform} does not have.`);
    const others = othersOf(machine);
    const kind = machine.open(join(machine.proc, 'self/smaps_rollup')) === true ? 'smaps_rollup' : 'smaps';
    const own =
      kind === 'smaps' && machine.isLive ? ' This kernel has no smaps_rollup (Linux 4.14): reading is slow.' : '';
    if (others.length === 0) return ok(`No other users' processes.${own}`);
    const readable = others.filter((pid) => machine.open(join(machine.proc, String(pid), kind)) === true).length;
    if (readable === others.length) return ok(`Readable for all ${others.length} processes of other users.${own}`);
    const found = `Readable for ${readable} of ${others.length} processes of other users.${own}`;
    const inContainer = {
      say: 'In a container, add the capability.',
      type: 'docker run --cap-add SYS_PTRACE …',
    };
    return limited(found, ...runAsRoot(machine), ...(machine.uid === 0 ? [inContainer] : []));
  },
};

export const descriptors: Check = {
  id: 'descriptors',
  title: 'open files',
  purpose: 'keeping /proc files of active processes open, which halves the cost of reading',
  cost: 'memtop uses more CPU time with many processes.',
  run({ read, platform, proc }) {
    if (platform !== 'linux') return notHere('No files are kept open on this system.');
    const limits = read(join(proc, 'self/limits'));
    if (!('text' in limits)) return notHere(`${proc} does not show the limit.`);
    const limit = descriptorLimit(limits.text);
    if (limit >= MOST_DESCRIPTORS) return ok(`The limit allows the ${limit} files that memtop keeps open.`);
    return limited(`The limit allows ${limit} of ${MOST_DESCRIPTORS} files.`, {
      say: 'Raise it in the shell that starts memtop.',
      type: `ulimit -n ${4 * MOST_DESCRIPTORS}`,
    });
  },
};

export const acting: Check = {
  id: 'acting',
  title: 'acting on processes',
  purpose: 'signals and collects',
  cost: 'Processes of other users can be watched, but not signalled or collected in.',
  run(machine) {
    if (machine.platform === 'win32') return notHere('Windows checks permissions itself.');
    if (machine.foreignPids !== undefined) {
      return limited(
        machine.foreignPids.replace(/signals would reach.*$/, 'memtop cannot act on the processes shown.'),
        {
          say: 'Mount a /proc of this namespace, or create the namespace with one.',
          type: 'unshare --pid --fork --mount-proc memtop',
        },
      );
    }
    if (machine.uid === 0) return ok('As root, on every process.');
    return limited(`As ${machine.user}, on your own processes only.`, ...runAsRoot(machine));
  },
};

/** Whether there is a Linux /proc to read: the machine's own, or one given on the command line. */
export function readsProc({ platform, proc }: Machine): boolean {
  return platform === 'linux' || proc !== '/proc';
}

function isPowerful(machine: Machine): boolean {
  const status = machine.read(join(machine.proc, 'self/status'));
  return 'text' in status && hasCapability(status.text, 'CAP_SYS_PTRACE') === true;
}

function pidsOf({ names, proc }: Machine): number[] {
  return (names(proc) ?? []).map(Number).filter((pid) => Number.isInteger(pid) && pid > 0);
}

/** Processes of other users, without kernel threads: those have no memory and so no VmSize. */
function othersOf(machine: Machine): number[] {
  const others: number[] = [];
  for (const pid of pidsOf(machine)) {
    const status = machine.read(join(machine.proc, String(pid), 'status'));
    if (!('text' in status) || !status.text.includes('\nVmSize:')) continue;
    if (parseEffectiveUid(status.text) !== machine.uid) others.push(pid);
    if (others.length === MOST_TRIED) break;
  }
  return others;
}
