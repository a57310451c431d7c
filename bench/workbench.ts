// What every measurement needs: a temporary folder, compiled programs, processes to look at, and an end to it all.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleEntry } from '../scripts/build/bundle.js';
import { type Child, Children } from './children.ts';
import { LineProgram } from './line-program.ts';
import { TerminalProgram } from './terminal-program.ts';

/** N of the processes have memory that moves every second: as many as on a busy developer's machine, one in thirty. */
const RESTLESS = 5;

export class Workbench {
  /** The folder with package.json. */
  readonly root: string;
  readonly folder = mkdtempSync(join(tmpdir(), 'memtop-bench-'));
  readonly children = new Children();
  readonly #compiled = new Map<string, string>();
  readonly #sleepers = new Set<Child>();

  constructor(root: string) {
    this.root = root;
  }

  /** What a person waits for, on stderr: stdout is for the table. */
  say(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  get memtop(): string {
    return join(this.root, 'bin/memtop.js');
  }

  /** Compiles a C file of this folder, once, and returns the program. */
  compile(name: string): string {
    let program = this.#compiled.get(name);
    if (program === undefined) {
      program = join(this.folder, name);
      execFileSync('cc', ['-O2', '-Wall', '-o', program, join(this.root, 'bench', `${name}.c`)]);
      this.#compiled.set(name, program);
    }
    return program;
  }

  /** Bundles a program of bench/programs as the build would, and returns its file. */
  async bundle(name: string): Promise<string> {
    const bundle = { entry: `bench/programs/${name}.ts`, file: `${name}.cjs`, target: 'node20', hasPackages: true };
    const { text } = await bundleEntry(bundle, { root: this.root });
    const file = join(this.folder, bundle.file);
    writeFileSync(file, text);
    return file;
  }

  /** A program that answers lines. */
  answering(command: string, words: readonly string[]): LineProgram {
    const program = new LineProgram(command, words);
    this.children.add(program);
    return program;
  }

  /** A program in a terminal of its own. */
  onTerminal(command: string, words: readonly string[]): TerminalProgram {
    const program = new TerminalProgram(command, words, { HTOPRC: join(this.folder, 'htoprc') });
    this.children.add(program);
    return program;
  }

  /** Makes processes to look at until there are enough; those of an earlier call stay, unless they are too many. */
  async populate(count: number): Promise<void> {
    if (countProcesses() > count) await this.#depopulate();
    const missing = count - countProcesses() - 1;
    if (missing <= 0) return;
    const restless = this.#sleepers.size === 0 ? Math.min(RESTLESS, missing) : 0;
    const child = spawn(this.compile('sleepers'), [String(missing - restless), String(restless)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const handle = { pid: child.pid ?? 0, ended: once(child, 'exit').then(() => {}) };
    this.children.add(handle);
    this.#sleepers.add(handle);
    for await (const line of createInterface(child.stdout)) {
      if (line !== 'READY') throw new Error(`Not enough processes to look at: ${line}.`);
      break;
    }
  }

  async #depopulate(): Promise<void> {
    for (const child of this.#sleepers) await this.children.end(child);
    this.#sleepers.clear();
  }

  /** Ends and removes everything. */
  async close(): Promise<void> {
    await this.children.endAll();
    this.remove();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Processes in this /proc. */
export function countProcesses(): number {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
}
