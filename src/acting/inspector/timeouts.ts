// How long attaching to a process waits for each of its steps.

/** Milliseconds. */
export interface AttachTimeouts {
  /** For the lock. */
  readonly lock: number;
  /** For the inspector to open while the lock is held and others wait. */
  readonly opens: number;
  /** Until the user is told that it takes longer. */
  readonly answer: number;
  /** For everything: a blocked program opens its inspector when it continues. */
  readonly whole: number;
  /** How long the inspector must stay closed. */
  readonly quiet: number;
}

export const ATTACH_TIMEOUTS: AttachTimeouts = {
  lock: 5000,
  opens: 3000,
  answer: 5000,
  whole: 15 * 60_000,
  quiet: 2000,
};
