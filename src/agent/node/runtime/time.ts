// Time for the agent, taken as it is loaded: a program that fakes its timers later must not stop it.

export const startTimer = globalThis.setTimeout;
export const stopTimer = globalThis.clearTimeout;
export const startInterval = globalThis.setInterval;
export const stopInterval = globalThis.clearInterval;
export const callNextTurn = globalThis.setImmediate;
const highResolutionTime = process.hrtime;

/** Milliseconds on a clock that never jumps. */
export function milliseconds(): number {
  const [seconds, nanoseconds] = highResolutionTime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** Resolves after the program's event loop has had a turn. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    callNextTurn(resolve);
  });
}

/** A clock reading in milliseconds, rounded to microseconds: further digits are not measured. */
export function rounded(ms: number): number {
  return Math.round(ms * 1e3) / 1e3;
}

/** Resolves with true once the condition holds, with false when it does not in time. */
export async function eventually(condition: () => boolean, timeout: number): Promise<boolean> {
  const end = milliseconds() + timeout;
  while (!condition()) {
    if (milliseconds() > end) return false;
    await pause();
  }
  return true;
}

function pause(): Promise<void> {
  return new Promise((resolve) => {
    startTimer(resolve, 2).unref();
  });
}
