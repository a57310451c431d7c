// A word for the arguments of a test's own processes, which no other process of the machine has in its command line.
import { randomBytes } from 'node:crypto';

/**
 * A filter looks at the command lines of every process, and a shell that runs the tests may have any text in its own.
 * @param start what the word begins with, for the reader of a screen
 */
export function uniqueWord(start: string): string {
  return `${start}-${randomBytes(6).toString('hex')}`;
}
