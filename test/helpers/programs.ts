// Programs that tests start: ready when they say so, ended with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeFolder } from './remove-folder.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'programs');

/** Characters kept of what a program writes. */
const HEARD = 64 * 1024;

/** A program that runs, with what it has written so far. */
export type Program = ChildProcess & { readonly pid: number; readonly output: string; readonly errors: string };

/** The programs and folders of one test. */
export class Programs {
  readonly #children: ChildProcess[] = [];
  readonly #folders: string[] = [];

  /** A folder of the test's own. */
  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'memtop-test-'));
    this.#folders.push(folder);
    return folder;
  }

  /** Starts a fixture with this Node and waits until it prints READY. */
  start(name: string, ...args: string[]): Promise<Program> {
    return this.startWith([], name, ...args);
  }

  /** The same with flags for Node itself. */
  async startWith(flags: readonly string[], name: string, ...args: string[]): Promise<Program> {
    const child = spawn(process.execPath, [...flags, join(FIXTURES, name), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    const heard = { output: '', errors: '' };
    child.stdout.on('data', (text) => {
      heard.output = (heard.output + text).slice(-HEARD);
    });
    child.stderr.on('data', (text) => {
      heard.errors = (heard.errors + text).slice(-HEARD);
    });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code, signal) => reject(new Error(`${name} ended before it was ready: ${code ?? signal}`)));
      child.stdout?.on('data', (text) => {
        if (String(text).includes('READY')) resolve();
      });
    });
    Object.defineProperties(child, { output: { get: () => heard.output }, errors: { get: () => heard.errors } });
    return child as unknown as Program;
  }

  /** Ends what is left. */
  async end(): Promise<void> {
    await Promise.all(
      this.#children.map(
        (child) =>
          new Promise<void>((resolve) => {
            if (child.exitCode !== null || child.signalCode !== null) return resolve();
            child.once('exit', () => resolve());
            child.kill('SIGKILL');
          }),
      ),
    );
    for (const folder of this.#folders) removeFolder(folder);
  }
}
