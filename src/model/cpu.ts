// CPU time as a share, where two samples are not to be had.
import type { Process } from './snapshot.ts';
import type { Row } from './tracker.ts';

/**
 * Percent of one CPU on average since the process began, as ps(1) prints %CPU. `time` is that of the snapshot, in
 * milliseconds since the epoch. Undefined when its CPU time or its beginning is not known, or it has only just begun.
 */
export function averageCpu(process: Process, time: number): number | undefined {
  const began = process.who.startedAt;
  if (began === undefined || process.cpuTime === undefined || time <= began) return undefined;
  return (process.cpuTime / (time - began)) * 100;
}

/** The rows, those without a CPU share since the sample before being given their average instead. */
export function withAverageCpu(rows: readonly Row[], time: number): Row[] {
  return rows.map((row) => {
    const average = row.cpuPercent === undefined ? averageCpu(row.process, time) : undefined;
    return average === undefined ? row : { ...row, cpuPercent: average };
  });
}
