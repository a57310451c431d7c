// /proc/PID/limits: what the process may use of each resource (proc_pid_limits(5)).

import { type Limit, type LimitName, PROCESS_LIMITS } from '../../../model/snapshot/details.ts';
import { existing } from '../../../numbers/existing.ts';

/** The limits that memtop shows; one that is missing or malformed is absent. Sizes are in bytes, as the kernel gives them. */
export function parseLimits(text: string): Partial<Record<LimitName, Limit>> {
  const limits: Partial<Record<LimitName, Limit>> = {};
  for (const name of PROCESS_LIMITS) {
    const found = new RegExp(`^Max ${name} +(\\d{1,20}|unlimited) +(\\d{1,20}|unlimited)(?: |$)`, 'm').exec(text);
    if (found !== null) limits[name] = { soft: amount(existing(found[1])), hard: amount(existing(found[2])) };
  }
  return limits;
}

/** RLIM64_INFINITY is shown as a number by some kernels of other architectures: it means the same. */
function amount(text: string): number | 'unlimited' {
  const value = Number(text);
  return text === 'unlimited' || value >= 2 ** 63 ? 'unlimited' : value;
}
