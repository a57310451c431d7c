// What a running program has cost so far: CPU time and memory, as the kernel counts them.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A clock tick of /proc/PID/stat in milliseconds: USER_HZ is 100 on every architecture Linux has today (time(7)). */
const TICK = 10;

/**
 * CPU milliseconds of all its threads, exact to the nanosecond (/proc/PID/task/TID/schedstat, Documentation/scheduler/
 * sched-stats.rst), and of the children it has waited for (proc_pid_stat(5), fields 16 and 17).
 */
export function cpuTime(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'latin1').split(' ')[0]);
  }
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return nanoseconds / 1e6 + (Number(fields[13]) + Number(fields[14])) * TICK;
}

/** Resident set size in MiB (VmRSS, proc_pid_status(5)). */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) / 1024;
}

/** MiB that the kernel holds for files of /proc it has open: a buffer of 4 KiB each (fs/seq_file.c). */
export function keptBuffers(pid: number): number {
  const folder = `/proc/${pid}/fd`;
  const kept = readdirSync(folder).filter((descriptor) => isOfProc(`${folder}/${descriptor}`));
  return (kept.length * 4096) / 1024 ** 2;
}

function isOfProc(link: string): boolean {
  try {
    return readlinkSync(link).startsWith('/proc/');
  } catch {
    return false;
  }
}
