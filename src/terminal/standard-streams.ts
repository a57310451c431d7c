// The three standard descriptors at the exit of the program.
import { closeSync, openSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Which of stdin, stdout and stderr are terminals. To be made at the start. */
export class StandardStreams {
  readonly #terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));

  /**
   * Puts /dev/null in the place of terminals that are gone. At its exit Node gives each terminal the settings it had at
   * the start, and Node 20 aborts, core and all, where that fails. Nothing else can be lost: such a terminal takes no byte.
   */
  replaceGone(): void {
    for (const descriptor of this.#terminals) {
      if (isatty(descriptor)) continue;
      try {
        closeSync(descriptor);
        // The lowest number that is free: this one, since those below it are open.
        openSync('/dev/null', 'r+');
      } catch {
        // Closed is as good for the exit as replaced.
      }
    }
  }
}
