// The log of errors while the screen is on: a file of the user's own, never more than 1 MiB.
import { join } from 'node:path';
import { appendFile } from '../../files/append.ts';
import type { Environment } from '../../settings/environment.ts';

/** Bytes of the file at most. */
const LIMIT = 2 ** 20;
/** Bytes of a line at most. */
const LONGEST_LINE = 4096;
/** At most 60 lines a minute: what fails at every tick must not fill a disk, nor wear it out. */
const MOST_LINES = 60;
const WITHIN = 60_000;

/** memtop's folder below $XDG_STATE_HOME, else ~/.local/state (XDG Base Directory Specification); undefined without both. */
export function stateFolder({ XDG_STATE_HOME: state, HOME: home }: Environment): string | undefined {
  // The specification has paths that are not absolute ignored.
  if (state?.startsWith('/')) return join(state, 'memtop');
  return home?.startsWith('/') ? join(home, '.local', 'state', 'memtop') : undefined;
}

/** Where the log is; undefined where it cannot be kept. */
export function logPlace(environment: Environment): string | undefined {
  const folder = stateFolder(environment);
  return folder === undefined ? undefined : join(folder, 'memtop.log');
}

export class Log {
  readonly #path: string | undefined;
  #lines = 0;
  #since = Number.NEGATIVE_INFINITY;
  #last: string | undefined;

  /** @param path undefined where a log cannot be kept: nothing is written then */
  constructor(path: string | undefined) {
    this.#path = path;
  }

  /** Adds a line with the time. Returns where it is, or undefined where it could not be written; never throws. */
  add(line: string): string | undefined {
    if (this.#path === undefined) return undefined;
    const now = performance.now();
    if (now - this.#since > WITHIN) {
      this.#since = now;
      this.#lines = 0;
      this.#last = undefined;
    }
    if (line === this.#last || this.#lines >= MOST_LINES) return this.#path;
    try {
      appendFile(this.#path, `${new Date().toISOString()} ${line.slice(0, LONGEST_LINE)}\n`, LIMIT);
    } catch {
      return undefined;
    }
    this.#last = line;
    this.#lines += 1;
    return this.#path;
  }
}
