// Which /proc tree is read: the machine's own, that of another root mounted here, or plain files of a fixture.
import { readdirSync, readFileSync, readlinkSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../../../errors/user-error.ts';
import { parseAuxv, type Units, USUAL_UNITS } from '../proc/auxv.ts';
import { parseNamespacePids } from '../proc/status.ts';

export interface ProcRoot {
  /** The folder that stands for /proc, absolute. */
  readonly path: string;
  /** The folder that stands for /, where etc/passwd and etc/os-release belong to these processes. */
  readonly above: string;
  /** True when a kernel answers here, so that its descriptors can be kept and read again. */
  readonly live: boolean;
  /** Our own pid as this tree has it; absent in a tree of plain files. */
  readonly ownPid?: number;
  /** True when loadavg counts the pids of this tree, and not those of another namespace or of a container's copy. */
  readonly countsItsPids: boolean;
  readonly units: Units;
}

/** `f_type` of procfs, statfs(2). */
const PROC_SUPER_MAGIC = 0x9fa0;

/**
 * Checks a folder that should be a /proc tree.
 *
 * @throws UserError when it is not one.
 */
export function openProcRoot(folder: string): ProcRoot {
  const path = resolve(folder);
  const live = isProcfs(path);
  if (!live && !isProcLike(path)) throw notProc(path);
  const ownPid = live ? readOwnPid(path) : undefined;
  return {
    path,
    above: dirname(path),
    live,
    ...(ownPid !== undefined && { ownPid }),
    countsItsPids: ownPid === process.pid && isOneNamespace(path) && isItsOwnFile(path),
    units: live ? readUnits(path) : USUAL_UNITS,
  };
}

/** Whether a kernel's procfs is mounted at a folder. */
export function isProcfs(path: string): boolean {
  try {
    return statfsSync(path).type === PROC_SUPER_MAGIC;
  } catch {
    return false;
  }
}

/** Processes, or a file of the machine: a sandbox may hide stat, meminfo and more, and the rest works without them. */
function isProcLike(path: string): boolean {
  try {
    return readdirSync(path, { withFileTypes: true }).some((entry) =>
      /^[1-9]\d*$/.test(entry.name) ? !entry.isFile() : entry.isFile() && ['stat', 'meminfo'].includes(entry.name),
    );
  } catch {
    return false;
  }
}

function notProc(path: string): UserError {
  return new UserError(
    `${path} is not a procfs: it has no processes and no meminfo.`,
    path === '/proc'
      ? 'Mount it with "mount -t proc proc /proc", or choose --sampler portable.'
      : 'Set --proc-root to a mounted procfs, such as /host/proc.',
  );
}

/** /proc/self names the reader as the tree's own pid namespace numbers it (proc(5)). */
function readOwnPid(path: string): number | undefined {
  try {
    const pid = Number(readlinkSync(join(path, 'self')));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Seen from a namespace above ours, we have a pid in each of several. */
function isOneNamespace(path: string): boolean {
  try {
    return parseNamespacePids(readFileSync(join(path, 'self/status'), 'latin1')).length === 1;
  } catch {
    return false;
  }
}

/** lxcfs mounts a loadavg of its own over the kernel's, whose last pid is something else. */
function isItsOwnFile(path: string): boolean {
  try {
    return statSync(join(path, 'loadavg')).dev === statSync(path).dev;
  } catch {
    return false;
  }
}

function readUnits(path: string): Units {
  try {
    const narrow = ['arm', 'ia32', 'mips', 'mipsel', 'ppc'].includes(process.arch);
    return parseAuxv(readFileSync(join(path, 'self/auxv')), narrow ? 4 : 8);
  } catch {
    return USUAL_UNITS;
  }
}
