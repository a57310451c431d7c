// Average CPU usage since the start of a process, where there is only one sample.

import type { Process } from '../snapshot/snapshot.ts';
import { ageOf, type Now } from './age.ts';
import type { Row } from './row.ts';

/**
 * Percent of one CPU on average since the process began, as ps(1) prints %CPU. Undefined when its CPU time or its age is
 * not known, or it has only just started.
 */
export function averageCpu(process: Process, now: Now): number | undefined {
  const age = ageOf(process.who, now);
  return age === undefined || age === 0 || process.cpuTime === undefined ? undefined : (process.cpuTime / age) * 100;
}

/** The rows, with the average for those that have no CPU percentage since a previous sample. */
export function withAverageCpu(rows: readonly Row[], now: Now): Row[] {
  return rows.map((row) => {
    const average = row.cpuPercent === undefined ? averageCpu(row.process, now) : undefined;
    return average === undefined ? row : { ...row, cpuPercent: average };
  });
}
