// Watches for some seconds, or until the client is gone; does not keep the program alive.
import type { Departure } from '../runtime/departure.ts';
import { milliseconds, startTimer, stopTimer } from '../runtime/time.ts';

/**
 * Waits.
 *
 * @returns the seconds that have really passed
 */
export async function watchFor(seconds: number, departure: Departure): Promise<number> {
  const begun = milliseconds();
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = startTimer(resolve, seconds * 1000).unref();
  });
  await Promise.race([passed, departure.happened]);
  stopTimer(timer);
  return Math.round((milliseconds() - begun) / 100) / 10;
}
