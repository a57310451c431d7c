// Starts a Python program with the agent in it, in a folder of its own, and ends it with everything it left.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { removeFolder } from '../../helpers/remove-folder.ts';
import type { Interpreter } from './interpreters.ts';
import { until } from './until.ts';

export const AGENT_FOLDER = join(import.meta.dirname, '../../../src/agent/python');
export const SITE_FOLDER = join(AGENT_FOLDER, 'site');
const PROGRAMS = join(import.meta.dirname, '../../fixtures/programs/python');

export interface PythonProgram {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The words after READY: the pids of its children. */
  readonly words: readonly string[];
  readonly runtimeDirectory: string;
  /** Where the agent of that process listens, or would. */
  socketOf(pid: number): string;
  /** What it printed so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** Resolves when it has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly directory?: string;
}

/** The path of a program in fixtures/programs/python. */
export function fixture(name: string): string {
  return join(PROGRAMS, name);
}

/** A new folder, away again after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-'));
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** Runs python with the agent by PYTHONPATH, as `memtop run` does; not waiting for anything. */
export function launch(python: Interpreter, args: readonly string[], options: StartOptions = {}): PythonProgram {
  const runtimeDirectory = options.environment?.['XDG_RUNTIME_DIR'] ?? temporaryFolder();
  const child = spawn(python.path, args, {
    cwd: options.directory,
    env: {
      PATH: process.env['PATH'],
      HOME: runtimeDirectory,
      LANG: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONPATH: SITE_FOLDER,
      XDG_RUNTIME_DIR: runtimeDirectory,
      ...options.environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own, which ends as one with all that it has forked.
    detached: true,
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (printed.stdout += chunk));
  child.stderr.on('data', (chunk) => (printed.stderr += chunk));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  onTestFinished(async () => {
    endGroup(child.pid);
    await ended;
  });
  return {
    process: child,
    pid: child.pid ?? Number.NaN,
    get words() {
      return readyWords(printed.stdout);
    },
    runtimeDirectory,
    socketOf: (pid) => join(runtimeDirectory, 'memtop', `${pid}.sock`),
    output: () => ({ ...printed }),
    ended,
  };
}

/** Runs a program that prints READY, and waits for that and for its agent. */
export async function start(
  python: Interpreter,
  args: readonly string[],
  options: StartOptions = {},
): Promise<PythonProgram> {
  const program = launch(python, args, options);
  await until(() => /^READY.*\n/m.test(program.output().stdout), 'the program prints READY', program);
  await until(() => accepts(program.socketOf(program.pid)), 'the agent listens', program);
  return program;
}

/** Whether there is a listener: between bind(2) and listen(2) there is a socket without one. */
export function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** starttime, field 22 of /proc/PID/stat (proc_pid_stat(5)). */
export function startTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
}

function readyWords(stdout: string): string[] {
  return (
    /^READY(.*)\n/m
      .exec(stdout)?.[1]
      ?.split(' ')
      .filter((word) => /^\d+$/.test(word)) ?? []
  );
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // All of it has ended.
  }
}
