// Values that only flags have: each is read, or refused with a sentence that shows valid ones. Others: settings/values.ts.

import { UserError } from '../errors/user-error.ts';
import { readSize } from '../model/query/values.ts';
import { quoted } from '../settings/values.ts';
import { LONGEST_INTERVAL, parseDuration } from '../text/duration.ts';

/** More than any kernel hands out (PID_MAX_LIMIT is 2^22 on Linux, Windows goes up to 2^32). */
const LARGEST_PID = 2 ** 32 - 1;

/** The smallest value of `--max-size` in bytes, and the shortest of `--keep` in milliseconds. */
const SMALLEST_RECORDING = 2 ** 20;
const SHORTEST_KEEP = 60_000;

/** The shortest time for `--for`, in milliseconds. */
const SHORTEST_SPAN = 1000;

/**
 * How long to sample, in milliseconds.
 *
 * @throws UserError when it is not a duration of a second to a day
 */
export function readSpan(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined && milliseconds >= SHORTEST_SPAN && milliseconds <= LONGEST_INTERVAL) {
    return milliseconds;
  }
  throw new UserError(
    `Invalid time ${quoted(text)} for --for.`,
    'Use 1s to 24h: 10s, 60s, 5m (a bare number is seconds).',
  );
}

/**
 * The size of a recording, in bytes.
 *
 * @throws UserError when it is not a size of at least a MiB
 */
export function readMaxSize(text: string): number {
  const bytes = readSize(text) ?? 0;
  if (bytes >= SMALLEST_RECORDING) return bytes;
  throw new UserError(`Invalid size ${quoted(text)} for --max-size.`, 'Use at least 1M: 50M, 200M, 1G.');
}

/**
 * The age of a recording, in milliseconds.
 *
 * @throws UserError when it is not a duration of at least a minute
 */
export function readKeep(text: string): number {
  const milliseconds = parseDuration(text) ?? 0;
  if (milliseconds >= SHORTEST_KEEP) return milliseconds;
  throw new UserError(`Invalid time ${quoted(text)} for --keep.`, 'Use at least 1m: 24h, 7d.');
}

/**
 * Process ids with commas between them.
 *
 * @throws UserError when one is not a whole number that could be a pid
 */
export function readPids(text: string): ReadonlySet<number> {
  return new Set(
    text.split(',').map((part) => {
      const pid = /^\d{1,10}$/.test(part.trim()) ? Number(part) : Number.NaN;
      if (pid >= 1 && pid <= LARGEST_PID) return pid;
      throw new UserError(`Invalid process ID ${quoted(part)}.`, 'Separate several by commas: -p 1,2.');
    }),
  );
}

/**
 * How many snapshots.
 *
 * @throws UserError when it is not a whole number from 1 up
 */
export function readCount(text: string): number {
  const count = /^\d{1,15}$/.test(text.trim()) ? Number(text) : 0;
  if (count >= 1) return count;
  throw new UserError(`Invalid number of samples ${quoted(text)}.`, 'Use a whole number of at least 1: -n 3.');
}

/** The most runs of each command line: a typing mistake must not run for days. */
const MOST_TIMES = 1000;

/**
 * How often to run each command line.
 *
 * @throws UserError when it is not a whole number from 1 to 1000
 */
export function readTimes(text: string): number {
  const times = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  if (times >= 1 && times <= MOST_TIMES) return times;
  throw new UserError(`Invalid number of runs ${quoted(text)}.`, 'Use a whole number from 1 to 1000: --times 5.');
}

/** The fastest replay: a day takes less than two minutes. */
const FASTEST = 1000;

/** Reads `--speed`: how many times as fast as it was recorded. @throws UserError for anything but a factor above 0 */
export function readSpeed(text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)[x×]?$/.exec(text.trim()) ?? [];
  const speed = Number(digits);
  if (speed > 0 && speed <= FASTEST) return speed;
  throw new UserError(`Invalid speed ${quoted(text)}.`, `Examples: 1x, 10x, 60x; at most ${FASTEST}x.`);
}
