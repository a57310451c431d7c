// Reads files in a child process: those whose read may never return.
import { existsSync } from 'node:fs';
import type { ChildCommands } from './child-commands.ts';
import type { Why } from './file-reader.ts';

/** Where cat is, on most systems, on Android and on NixOS. Not by PATH: that of root may hold folders of others. */
const CATS: readonly string[] = ['/bin/cat', '/usr/bin/cat', '/system/bin/cat', '/run/current-system/sw/bin/cat'];

/** What Node.js does where there is no cat: more memory for a moment. */
const SCRIPT = 'process.stdout.write(require("fs").readFileSync(process.argv[1]))';

export class ChildReads {
  readonly #commands: ChildCommands;
  #cat: string | undefined;

  constructor(commands: ChildCommands) {
    this.#commands = commands;
  }

  /** The content of a file, at most `limit` bytes; `late` until a child has brought it, or why it cannot be read. */
  read(path: string, limit: number): Buffer | Why {
    const answer = this.#commands.ask(`read ${path}`, { ...this.#program(path), limit });
    if (answer === undefined) return 'late';
    return answer.exitCode === 0 ? answer.bytes : whyIn(answer.error);
  }

  #program(path: string): { program: string; args: readonly string[] } {
    this.#cat ??= CATS.find((each) => existsSync(each)) ?? '';
    if (this.#cat !== '') return { program: this.#cat, args: ['--', path] };
    return { program: process.execPath, args: ['-e', SCRIPT, path] };
  }
}

/** What cat and Node.js print for ENOENT, ESRCH, EACCES and EPERM in the C locale (strerror(3)). */
function whyIn(error: string): Why {
  if (/No such (?:file|process)|ENOENT|ESRCH/.test(error)) return 'gone';
  if (/ermission denied|not permitted|EACCES|EPERM/.test(error)) return 'denied';
  return 'unsupported';
}
