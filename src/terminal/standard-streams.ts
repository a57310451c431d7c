// The three standard descriptors: which of them are terminals, and what becomes of those at the exit of the program.
import { closeSync, fstatSync, openSync, type Stats } from 'node:fs';

/** /dev/null on Linux (null(4)), as fstat(2) has it: major 1, minor 3. It is what programs without a terminal are given. */
const LINUX_NULL = 0x103;

/** As isatty(3). node:tty is loaded for a character device only: it takes milliseconds, and a pipe or a file needs none. */
export function isTerminal(descriptor: number): boolean {
  return mayBeTerminal(descriptor) && process.getBuiltinModule('node:tty').isatty(descriptor);
}

/** False for what is surely none: a pipe, a socket, a file, /dev/null, or a descriptor that is closed. */
export function mayBeTerminal(descriptor: number, platform: string = process.platform): boolean {
  // A console of Windows is not a file that can be asked.
  if (platform === 'win32') return true;
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && !isNull(stats, platform);
  } catch {
    return false;
  }
}

/** Whether that is /dev/null, which takes everything at once. */
export function isNull(stats: Stats, platform: string): boolean {
  return platform === 'linux' && stats.isCharacterDevice() && stats.rdev === LINUX_NULL;
}

/** Which of stdin, stdout and stderr may be terminals. To be made at the start. */
export class StandardStreams {
  readonly #terminals = [0, 1, 2].filter((descriptor) => mayBeTerminal(descriptor));

  /**
   * Puts /dev/null in the place of terminals that are gone. At its exit Node gives each terminal the settings it had at
   * the start, and Node 20 aborts, core and all, where that fails. Nothing else can be lost: such a terminal takes no byte.
   */
  replaceGone(): void {
    for (const descriptor of this.#terminals) {
      if (isTerminal(descriptor)) continue;
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
