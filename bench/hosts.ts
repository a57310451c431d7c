// The same programs with and without the agent.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LineProgram } from './line-program.ts';
import type { Node } from './nodes.ts';
import type { Workbench } from './workbench.ts';

/** Prints its CPU time in microseconds at its very end, after the agent has cleaned up. */
const NOTHING = `process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('fs').writeSync(1, String(user + system));
})`;

/** A small HTTP server that listens. */
export interface Server {
  readonly program: LineProgram;
  readonly port: number;
}

export class Hosts {
  readonly #bench: Workbench;
  readonly #server: string;
  readonly #agent: string;

  private constructor(bench: Workbench, server: string) {
    this.#bench = bench;
    this.#server = server;
    this.#agent = join(bench.root, 'dist/agent.cjs');
  }

  /** With a server of bench/programs. */
  static async of(bench: Workbench, server = 'serve'): Promise<Hosts> {
    return new Hosts(bench, await bench.bundle(server));
  }

  /** CPU milliseconds of a program that does nothing, from start to end. */
  startUp({ binary }: Node, hasAgent: boolean): number {
    const [command, ...words] = this.#words(binary, hasAgent, ['-e', NOTHING]);
    return Number(execFileSync(command, words, { encoding: 'latin1' })) / 1000;
  }

  async server({ binary }: Node, hasAgent: boolean): Promise<Server> {
    const [command, ...words] = this.#words(binary, hasAgent, [this.#server]);
    const program = this.#bench.answering(command, words);
    const [port = 0] = await program.ask();
    if (existsSync(join(this.#bench.folder, `memtop/${program.pid}.sock`)) !== hasAgent) {
      throw new Error(`A server was to have ${hasAgent ? 'an agent that listens' : 'no agent'}.`);
    }
    return { program, port };
  }

  /** env(1), which executes the program: the socket of its agent belongs in the folder of the bench. */
  #words(binary: string, hasAgent: boolean, words: readonly string[]): [string, ...string[]] {
    const preload = hasAgent ? ['--require', this.#agent] : [];
    return ['env', '-u', 'NODE_OPTIONS', `XDG_RUNTIME_DIR=${this.#bench.folder}`, binary, ...preload, ...words];
  }
}
