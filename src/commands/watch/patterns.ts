// Patterns behind the screen: the engine loaded with the first one, and its passes over the rows.
import type { Action } from '../../app/actions/action.ts';
import { loadRegexes } from '../../cli/open-query.ts';

/** The longest argument that Linux takes (MAX_ARG_STRLEN, execve(2)): a filter finds the end of such a command too. */
export const COMMAND_LIMIT = 128 * 1024;

/**
 * Patterns never hold up a key: they run for a few milliseconds at a time, and at as much of a command as is
 * kept.
 */
export const PATTERNS = { passLasts: 8, longestText: COMMAND_LIMIT };

/** Milliseconds until they go on: half of the time stays for everything else. */
const GO_ON_AFTER = 8;

export class Patterns {
  readonly #dispatch: (action: Action) => void;
  #loading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(dispatch: (action: Action) => void) {
    this.#dispatch = dispatch;
  }

  /** Loads the engine, once; after a failure the next pattern tries again. Rejects when it cannot be loaded. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Goes on once what came from the keyboard has been dealt with. */
  goOn(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#dispatch({ type: 'search-on' });
    }, GO_ON_AFTER);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #load(): Promise<void> {
    try {
      const regexes = await loadRegexes(PATTERNS);
      this.#dispatch({ type: 'loaded', regexes });
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }
}
