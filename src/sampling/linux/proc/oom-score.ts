// /proc/PID/oom_score: how likely the kernel is to kill the process when memory runs out (proc_pid_oom_score(5)).

/** The score, 0 to 1333 (to 1000 before Linux 5.9, oom_score in fs/proc/base.c), from the first `length` bytes; undefined when they are not a whole number. */
export function parseOomScore(bytes: Buffer, length: number): number | undefined {
  const digits = /^(\d{1,6})\n?$/.exec(bytes.toString('latin1', 0, Math.min(length, 16)))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
