// Messages on stderr, also as the last thing that memtop does.
import { writeSync } from 'node:fs';
import { troubleOf } from '../errors/trouble.ts';
import { isTerminal } from '../terminal/standard-streams.ts';
import { clean } from '../text/clean.ts';

/** Writes to stderr at once; does nothing where stderr is closed. */
export function writeStderr(text: string): void {
  try {
    writeSync(2, text);
  } catch {
    // stderr is closed or its reader has gone.
  }
}

/** Replaces the line on stderr, where that is a terminal; an empty text ends the line. */
export function progress(text: string): void {
  if (isTerminal(2)) writeStderr(text === '' ? '\n' : `\r${clean(text)}\x1b[K`);
}

/** A sentence for the user. */
export function warn(sentence: string): void {
  writeStderr(`memtop: ${clean(sentence)}\n`);
}

/** Says what went wrong, and ends the process. */
export function fail(error: unknown): never {
  const { text, exitCode } = troubleOf(error);
  writeStderr(text);
  process.exit(exitCode);
}
