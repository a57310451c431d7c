// A program in a pseudo terminal: what it writes, how fast it answers keys, and what it costs.
import { type IPty, spawn } from '@lydell/node-pty';
import type { Child } from './children.ts';

/** The size at which everything is measured. */
const SIZE = { cols: 160, rows: 50 };

/** No answer to a key after N milliseconds is a failure, not a figure. */
const ANSWER_TIMEOUT = 5_000;

export class TerminalProgram implements Child {
  readonly pid: number;
  readonly ended: Promise<void>;
  /** Monotonic milliseconds of its start and, once it has ended, of its end. */
  readonly startedAt = performance.now();
  endedAt: number | undefined;
  /** Bytes it has written so far. */
  bytes = 0;
  readonly #pty: IPty;
  #listener: ((chunk: Buffer) => void) | undefined;

  constructor(command: string, words: readonly string[], env: Readonly<Record<string, string>>) {
    const { CI: _, ...own } = process.env;
    this.#pty = spawn(command, [...words], {
      ...SIZE,
      env: { ...own, ...env, TERM: 'xterm-256color', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', MEMTOP_CONFIG: '/dev/null' },
      encoding: null,
    });
    this.pid = this.#pty.pid;
    this.ended = new Promise((resolve) => {
      this.#pty.onExit(() => {
        this.endedAt = performance.now();
        resolve();
      });
    });
    // Declared as a string, but a Buffer with the encoding above.
    this.#pty.onData((chunk: unknown) => this.#received(chunk as Buffer));
  }

  /** Settles with the monotonic milliseconds at which its output since the call first matched. */
  async written(pattern: RegExp): Promise<number> {
    let text = '';
    return this.#listen((chunk) => {
      text += chunk.toString('latin1');
      return pattern.test(text);
    });
  }

  /** Presses a key and settles with the milliseconds until something was written. */
  async press(key: string): Promise<number> {
    const pressed = performance.now();
    const answered = this.#listen(() => true);
    this.#pty.write(key);
    return (await answered) - pressed;
  }

  #received(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.#listener?.(chunk);
  }

  #listen(isEnough: (chunk: Buffer) => boolean): Promise<number> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Process ${this.pid} does not answer.`)), ANSWER_TIMEOUT);
      this.#listener = (chunk) => {
        const now = performance.now();
        if (!isEnough(chunk)) return;
        clearTimeout(timer);
        this.#listener = undefined;
        resolve(now);
      };
    });
  }
}
