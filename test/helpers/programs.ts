// Programs that tests start: ready when they say so, ended with the test.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'programs');

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
  start(name: string, ...args: string[]): Promise<ChildProcess & { readonly pid: number }> {
    return this.startWith([], name, ...args);
  }

  /** The same with flags for Node itself. What it says on stderr is not heard. */
  async startWith(
    flags: readonly string[],
    name: string,
    ...args: string[]
  ): Promise<ChildProcess & { readonly pid: number }> {
    const child = spawn(process.execPath, [...flags, join(FIXTURES, name), ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.#children.push(child);
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code, signal) => reject(new Error(`${name} ended before it was ready: ${code ?? signal}`)));
      child.stdout?.on('data', (text) => {
        if (String(text).includes('READY')) resolve();
      });
    });
    return child as ChildProcess & { readonly pid: number };
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
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}
