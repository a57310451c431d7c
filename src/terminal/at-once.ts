// Writes to a descriptor what it takes without waiting: a short text then needs none of Node's streams, which cost a start
// milliseconds.
import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import { isNull } from './standard-streams.ts';

/**
 * Writes to a file, a pipe or /dev/null, and returns how many of the bytes were taken. A pipe that is full takes none: waiting for its
 * reader here would leave no signal a chance. What is not taken, also because of an error, is left to a stream, which waits
 * or says why.
 *
 * @param platform as process.platform
 */
export function writeAtOnce(descriptor: number, bytes: Uint8Array, platform: string = process.platform): number {
  try {
    const stats = fstatSync(descriptor);
    if (stats.isFile() || isNull(stats, platform)) return written(descriptor, bytes);
    if (stats.isFIFO() && platform === 'linux') return writtenToPipe(descriptor, bytes);
  } catch {
    // A stream says why.
  }
  return 0;
}

/**
 * The pipe is opened once more by its name in /proc (proc_pid_fd(5)): O_NONBLOCK belongs to what is opened, and the
 * descriptor itself may be shared with other programs.
 */
function writtenToPipe(descriptor: number, bytes: Uint8Array): number {
  const own = openSync(`/proc/self/fd/${descriptor}`, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    return written(own, bytes);
  } finally {
    closeSync(own);
  }
}

function written(descriptor: number, bytes: Uint8Array): number {
  let length = 0;
  try {
    while (length < bytes.length) length += writeSync(descriptor, bytes, length);
  } catch {
    // Full, for now or for good: those before were taken.
  }
  return length;
}
