// How long a process has been running.
import type { Identity } from '../snapshot/snapshot.ts';

/** The moment of a snapshot: by the wall clock, and since boot where the system has such a clock. */
export interface Now {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Milliseconds since boot. */
  readonly uptime?: number | undefined;
}

/**
 * How far apart, in milliseconds, two wall-clock readings of one start time may be: ps(1) computes it from an uptime in
 * whole seconds, and a clock may be set. No PID is reused that fast.
 */
export const WOBBLE = 2000;

/**
 * Milliseconds since a process began: by the clock that never jumps where there is one, else by the wall clock. Undefined
 * when its start time is unknown or in the future, because a clock was set back since.
 */
export function ageOf({ startedAt, startedAfter }: Identity, { time, uptime }: Now): number | undefined {
  const age =
    startedAfter !== undefined && uptime !== undefined
      ? uptime - startedAfter
      : startedAt === undefined
        ? undefined
        : time - startedAt;
  if (age === undefined || !Number.isFinite(age) || age < -WOBBLE) return undefined;
  return Math.max(0, age);
}

/** Milliseconds since the machine was booted; undefined where unknown. */
export function uptimeOf({
  time,
  uptime,
  bootedAt,
}: Now & { readonly bootedAt?: number | undefined }): number | undefined {
  if (uptime !== undefined) return uptime;
  return bootedAt === undefined || bootedAt > time ? undefined : time - bootedAt;
}
