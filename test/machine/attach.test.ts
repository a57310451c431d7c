// Attaching to busy programs of every Node.js version, memtop ended by every signal at random moments: what is left open?
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { ownListeners } from '../../src/acting/inspector/listeners.ts';
import { Processes } from '../../src/agent/client/finding/processes.ts';
import { amount } from '../helpers/long.ts';
import { nodeOfVersion } from '../helpers/node-versions.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';

/** Rounds for each version and kind of program. */
const ROUNDS = amount(20, 3);
const AT_ONCE = 2;
const MEMTOP = join(import.meta.dirname, '../../bin/memtop.js');
const PROGRAM = join(import.meta.dirname, '../fixtures/programs/plain.cjs');
const SERVER = join(import.meta.dirname, '../fixtures/programs/http-server.cjs');
/** `undefined`: memtop runs to its end. */
const ENDINGS = [undefined, 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;

const processes = new Processes();
const folder = mkdtempSync(join(tmpdir(), 'memtop-attach-'));
const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  removeFolder(folder);
});

interface Started {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly output: () => string;
}

/** Starts a program and waits until it says READY. */
async function started(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Started> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...environment } });
  children.add(child);
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  await until(() => output.includes('READY'));
  return { child, pid: child.pid as number, output: () => output };
}

/** The process of memtop that attaches to this one, while there is one. */
function attachProcess(pid: number): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((one) => new RegExp(`^memtop-attach ${pid}(?!\\d)`).test(processes.command(one) ?? ''));
}

interface Round {
  readonly isAlive: boolean;
  /** Milliseconds, after the loop of the program had turned and memtop had ended, at which a debugger was last seen open. */
  readonly lastOpen: number;
  readonly isOpenAtTheEnd: boolean;
  readonly exitCode: number | null;
  /** What did not come to an end within a minute; undefined where all did. */
  readonly unsettled: string | undefined;
}

/** One attach to one program, memtop ended as told after a random while. */
async function round(
  node: string,
  behaviour: string,
  amount: number,
  ending: (typeof ENDINGS)[number],
): Promise<Round> {
  const environment = { XDG_RUNTIME_DIR: mkdtempSync(join(folder, 'run-')) };
  const program = await started(node, ['--inspect-port=0', PROGRAM, behaviour, String(amount)], environment);
  const memtop = spawn(process.execPath, [MEMTOP, 'collect', '--attach', '--yes', String(program.pid)], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  children.add(memtop);
  let exitCode: number | null | undefined;
  memtop.once('exit', (code) => {
    exitCode = code;
  });
  if (ending !== undefined) setTimeout(() => memtop.kill(ending), Math.random() * 1500);
  let settled: number | undefined;
  let lastOpen = 0;
  let quiet = 0;
  const settling = until(async () => {
    const now = performance.now();
    const isOver = exitCode !== undefined && (behaviour === 'pieces' || program.output().includes('TURNED'));
    if (isOver) settled ??= now;
    const isOpen = ownListeners(processes, program.pid).length > 0;
    if (isOpen && settled !== undefined) lastOpen = now - settled;
    quiet = isOver && !isOpen && attachProcess(program.pid) === undefined ? quiet + 1 : 0;
    await pause(25);
    return quiet >= 10;
  }, 60_000);
  const unsettled = await settling.then(
    () => undefined,
    () =>
      `${behaviour} ${amount}, ${ending}: exit ${exitCode}, attach ${attachProcess(program.pid)}, ${program.output()}`,
  );
  const result = {
    isAlive: program.child.exitCode === null && program.child.signalCode === null,
    lastOpen,
    isOpenAtTheEnd: ownListeners(processes, program.pid).length > 0,
    exitCode: exitCode ?? null,
    unsettled,
  };
  program.child.kill('SIGKILL');
  return result;
}

async function rounds(work: () => Promise<Round>): Promise<Round[]> {
  const results: Round[] = [];
  let left = ROUNDS;
  const worker = async () => {
    while (left-- > 0) results.push(await work());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

let turn = 0;
const nextEnding = () => ENDINGS[turn++ % ENDINGS.length];

function expectClosed(results: readonly Round[]): void {
  expect(results).toHaveLength(ROUNDS);
  expect(results.flatMap(({ unsettled }) => unsettled ?? [])).toEqual([]);
  expect(results.filter(({ isOpenAtTheEnd }) => isOpenAtTheEnd)).toEqual([]);
  expect(results.filter(({ isAlive }) => !isAlive)).toEqual([]);
  expect(results.filter(({ lastOpen }) => lastOpen > 3000)).toEqual([]);
}

describe.each([20, 22, 24, 26])('Node.js %d', (major) => {
  const node = () => nodeOfVersion(major);

  it('a program that is blocked for 0 to 4 s is left with no debugger open', { timeout: 1_800_000 }, async () => {
    expectClosed(await rounds(() => round(node(), 'block-for', Math.floor(Math.random() * 4000), nextEnding())));
  });

  it('a program that works in pieces of 1 to 500 ms is left with none', { timeout: 1_800_000 }, async () => {
    expectClosed(await rounds(() => round(node(), 'pieces', 1 + Math.floor(Math.random() * 500), nextEnding())));
  });

  it('a program in a synchronous call of 0 to 4 s is left with none', { timeout: 1_800_000 }, async () => {
    expectClosed(await rounds(() => round(node(), 'spawn-sync', Math.random() * 4, nextEnding())));
  });

  it('a server under load answers every request while memtop attaches to it', { timeout: 600_000 }, async () => {
    const environment = { XDG_RUNTIME_DIR: mkdtempSync(join(folder, 'run-')) };
    const server = await started(node(), ['--inspect-port=0', SERVER], environment);
    const port = Number(/READY (\d+)/.exec(server.output())?.[1]);
    const load = new Load(port);
    const memtop = spawn(
      process.execPath,
      [MEMTOP, 'collect', '--attach', '--yes', '--level', 'minor', String(server.pid)],
      {
        stdio: 'ignore',
        env: { ...process.env, ...environment },
      },
    );
    children.add(memtop);
    await new Promise((resolve) => memtop.once('exit', resolve));
    await until(() => attachProcess(server.pid) === undefined, 60_000);
    const { answered, failed, slowest } = await load.end();
    process.stdout.write(
      `Node.js ${major}: ${answered} requests answered, ${failed} failed, the slowest ${Math.round(slowest)} ms\n`,
    );
    expect(memtop.exitCode).toBe(0);
    expect(failed).toBe(0);
    expect(answered).toBeGreaterThan(100);
    expect(ownListeners(processes, server.pid).map((listener) => listener.port)).toEqual([port]);
    server.child.kill('SIGKILL');
  });
});

/** Eight clients that each send the next request when the last one was answered. */
class Load {
  answered = 0;
  failed = 0;
  slowest = 0;
  #isOver = false;
  readonly #clients: Promise<void>[];
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(port: number) {
    this.#clients = Array.from({ length: 8 }, async () => {
      while (!this.#isOver) await this.#request(port);
    });
  }

  async end(): Promise<{ answered: number; failed: number; slowest: number }> {
    this.#isOver = true;
    await Promise.all(this.#clients);
    this.#agent.destroy();
    return this;
  }

  #request(port: number): Promise<void> {
    const begun = performance.now();
    return new Promise((resolve) => {
      const fail = () => {
        this.failed += 1;
        resolve();
      };
      const request = get({ port, host: '127.0.0.1', agent: this.#agent, timeout: 10_000 }, (response) => {
        response.resume();
        response.on('error', fail);
        response.on('end', () => {
          if (response.statusCode === 200) this.answered += 1;
          else this.failed += 1;
          this.slowest = Math.max(this.slowest, performance.now() - begun);
          resolve();
        });
      });
      request.on('timeout', () => request.destroy(new Error('timeout')));
      request.on('error', fail);
    });
  }
}
