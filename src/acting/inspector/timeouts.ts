// How long attaching to a process waits for each of its steps.

/** Milliseconds. */
export interface AttachTimeouts {
  /** For the lock. */
  readonly lock: number;
  /** For the inspector to open while the lock is held: others wait meanwhile. */
  readonly opens: number;
  /** Until the person is told that it takes longer. */
  readonly answer: number;
  /** For everything: a program that is blocked opens its inspector when it goes on. */
  readonly whole: number;
  /** The inspector must stay closed for so long. */
  readonly quiet: number;
}

export const ATTACH_TIMEOUTS: AttachTimeouts = {
  lock: 5000,
  opens: 3000,
  answer: 5000,
  whole: 15 * 60_000,
  quiet: 2000,
};
