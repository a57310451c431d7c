// A program that does one piece of work for each line on its stdin, and answers with a line.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Child } from './children.ts';

export class LineProgram implements Child {
  readonly pid: number;
  readonly ended: Promise<void>;
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #answers: Interface;

  constructor(command: string, words: readonly string[]) {
    this.#child = spawn(command, words, {
      env: { ...process.env, MEMTOP_CONFIG: '/dev/null' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.pid = this.#child.pid ?? 0;
    this.ended = once(this.#child, 'exit').then(() => {});
    this.#answers = createInterface(this.#child.stdout);
  }

  /** Sends a line; settles with the numbers of the answer. */
  async ask(line = ''): Promise<number[]> {
    this.#child.stdin.write(`${line}\n`);
    const gone = this.ended.then(() => {
      throw new Error('A program to be measured has ended by itself.');
    });
    const [answer] = (await Promise.race([once(this.#answers, 'line'), gone])) as [string];
    return answer.split(' ').map(Number);
  }
}
