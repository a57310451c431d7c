// Starts programs with the agent in them and talks to it, for the tests of this folder.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleEntry } from '../../../scripts/build/bundle.js';
import { agent } from '../../../scripts/build/bundles.js';
import type { MethodName, MethodParams, Methods } from '../../../src/agent/protocol/protocol.ts';
import { removeFolder } from '../../helpers/remove-folder.ts';

type MethodResult<Name extends MethodName> = Methods[Name]['result'];

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const PROGRAMS = join(ROOT, 'test/fixtures/programs/node');
const WAIT_TIMEOUT = 30_000;

/** Waits for a condition, however long a loaded machine takes; fails after half a minute. */
export async function until<Value>(what: string, read: () => Value | undefined | false): Promise<Value> {
  const end = Date.now() + WAIT_TIMEOUT;
  for (;;) {
    const value = read();
    if (value !== undefined && value !== false) return value as Value;
    if (Date.now() > end) throw new Error(`not within ${WAIT_TIMEOUT} ms: ${what}`);
    await delay(10);
  }
}

/** A temporary folder with the bundled agent in it, and all programs that were started with it. */
export class Bench {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'mt-')));
  readonly agent = join(this.folder, 'agent.cjs');
  readonly #programs: Program[] = [];
  readonly #clients: Client[] = [];

  static async create(): Promise<Bench> {
    const bench = new Bench();
    const { text } = await bundleEntry(agent, { root: ROOT });
    writeFileSync(bench.agent, text);
    return bench;
  }

  /** Where the agents of started programs have their sockets. */
  get sockets(): string {
    return join(this.folder, 'memtop');
  }

  socketOf(pid: number): string {
    return join(this.sockets, `${pid}.sock`);
  }

  /** Names of the sockets there are, sorted. */
  listSockets(): string[] {
    return existsSync(this.sockets) ? readdirSync(this.sockets).sort() : [];
  }

  /** Starts a program; the agent is preloaded unless `options.agent` is false. */
  start(args: readonly string[], options: StartOptions = {}): Program {
    const preload = options.agent === false ? [] : ['--require', this.agent];
    const env = { PATH: process.env['PATH'], HOME: this.folder, XDG_RUNTIME_DIR: this.folder, ...options.env };
    const child = spawn(options.node ?? process.execPath, [...(options.flags ?? []), ...preload, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: env as NodeJS.ProcessEnv,
      cwd: this.folder,
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    });
    const program = new Program(child);
    this.#programs.push(program);
    return program;
  }

  /** Starts a program of the fixtures and waits until it has reached its state. */
  async startReady(args: readonly string[], options: StartOptions = {}): Promise<Program> {
    const program = this.start(args, options);
    await program.ready();
    return program;
  }

  async client(path: string): Promise<Client> {
    const client = await Client.open(path);
    this.#clients.push(client);
    return client;
  }

  /** One request on a connection of its own. */
  async ask<Name extends MethodName>(
    program: Program,
    method: Name,
    params?: MethodParams<Name>,
  ): Promise<MethodResult<Name>> {
    const client = await this.client(this.socketOf(program.pid));
    const result = await client.ask(method, params);
    client.close();
    return result;
  }

  /** Ends everything that was started and removes the folder. */
  async dispose(): Promise<void> {
    for (const client of this.#clients) client.close();
    await Promise.all(this.#programs.map((program) => program.kill()));
    removeFolder(this.folder);
  }
}

export interface StartOptions {
  readonly node?: string;
  readonly flags?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly agent?: false;
  readonly uid?: number;
}

export class Program {
  readonly child: ChildProcess;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  stdout = '';
  stderr = '';

  constructor(child: ChildProcess) {
    this.child = child;
    this.exited = new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal })));
    child.on('error', (error) => {
      this.stderr += String(error);
    });
    child.stdout?.on('data', (chunk) => {
      this.stdout += String(chunk);
    });
    child.stderr?.on('data', (chunk) => {
      this.stderr += String(chunk);
    });
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Resident memory now, in bytes, by what the kernel says. */
  rss(): number {
    return Number(readFileSync(`/proc/${this.pid}/statm`, 'latin1').split(' ')[1]) * 4096;
  }

  async ready(): Promise<void> {
    await until(`READY of ${this.child.spawnargs.join(' ')} ${this.stderr}`, () => {
      if (this.child.exitCode !== null) throw new Error(`it ended with ${this.child.exitCode}: ${this.stderr}`);
      return this.stdout.includes('READY');
    });
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}

interface RawReply {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A client that trusts the agent: its replies in the order they came. */
export class Client {
  readonly socket: Socket;
  readonly replies: RawReply[] = [];
  closed = false;
  #rest = '';
  #nextId = 1;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
    });
    socket.on('data', (chunk) => {
      const lines = (this.#rest + String(chunk)).split('\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.replies.push(JSON.parse(line) as RawReply);
    });
  }

  /** Connects, again while the kernel says that too many others are waiting to be taken (EAGAIN, unix(7)). */
  static open(path: string): Promise<Client> {
    return new Promise((resolve, reject) => {
      const attempt = () => {
        const socket = connect(path);
        socket.once('error', (error: NodeJS.ErrnoException) => {
          if (error.code === 'EAGAIN') setTimeout(attempt, 5);
          else reject(error);
        });
        socket.once('connect', () => resolve(new Client(socket)));
      };
      attempt();
    });
  }

  /** Sends a request and returns its result; an error reply is thrown. */
  async ask<Name extends MethodName>(method: Name, params?: MethodParams<Name>): Promise<MethodResult<Name>> {
    const reply = await this.call(method, params);
    if (reply.error !== undefined) throw new Error(`${reply.error.code} ${reply.error.message}`);
    return reply.result as MethodResult<Name>;
  }

  /** Sends a request and returns the whole reply. */
  async call(method: string, params?: unknown): Promise<RawReply> {
    const id = this.#nextId;
    this.#nextId += 1;
    this.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return until(`a reply to ${method}`, () => this.replies.find((reply) => reply.id === id));
  }

  /** Sends one line as it is. */
  send(line: string): void {
    this.socket.write(`${line}\n`);
  }

  close(): void {
    this.socket.destroy();
  }
}
