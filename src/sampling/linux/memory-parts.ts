// /proc/PID/status: what the memory of one process is made of (proc_pid_status(5)).
import type { MemoryParts } from '../../model/details.ts';

const LABELS: { readonly [Part in keyof MemoryParts]-?: string } = {
  peak: 'VmHWM',
  swap: 'VmSwap',
  anonymous: 'RssAnon',
  file: 'RssFile',
  shared: 'RssShmem',
  data: 'VmData',
  stack: 'VmStk',
  locked: 'VmLck',
  pageTables: 'VmPTE',
  hugePages: 'HugetlbPages',
};

/** In bytes; what the kernel does not tell (the parts of RSS before Linux 4.5, all of it for zombies) is absent. */
export function parseMemoryParts(status: string): MemoryParts {
  const parts: Record<string, number> = {};
  for (const [part, label] of Object.entries(LABELS)) {
    const kilobytes = new RegExp(`^${label}:[ \\t]+(\\d{1,15}) kB$`, 'm').exec(status)?.[1];
    if (kilobytes !== undefined) parts[part] = Number(kilobytes) * 1024;
  }
  return parts;
}
