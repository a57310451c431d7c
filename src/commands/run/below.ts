// A program that runs below memtop: with its terminal, its descriptors and its signals, until it ends.
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import { FRESH } from '../../agent/launch/copy.ts';
import { passing } from '../../agent/launch/descriptors.ts';
import { removeOldCopies } from '../../agent/launch/old-copies.ts';
import { withPidOfProgram } from '../../agent/launch/own-pid.ts';
import { keepCopy, type Prepared } from '../../agent/launch/prepare.ts';
import { programFile } from '../../agent/launch/program-file.ts';
import type { Context } from '../../cli/context.ts';
import type { Forwarding } from './forwarding.ts';

/** Exit statuses of a shell for a command that is not found and one that cannot be executed (POSIX.1-2017, XCU 2.8.2). */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** Codes of errors, as spawn() has them. */
const WHY_NOT: Readonly<Record<string, string>> = {
  ENOENT: 'no such command',
  ERR_ACCESS_DENIED:
    'the permission model in NODE_OPTIONS prevents memtop from starting it. Set NODE_OPTIONS for the command only: ' +
    'memtop run -- env NODE_OPTIONS=... COMMAND',
};

/** What `memtop run` needs to know of the process it runs in. */
export type RunContext = Pick<Context, 'environment' | 'pid' | 'warn' | 'saveCodeCache'>;

export interface Staying {
  readonly context: RunContext;
  /** Where the agents are copied from. */
  readonly folder: string;
  /** Descriptors that the command is to have. */
  readonly given: readonly number[];
  readonly forwarding: Forwarding;
  /** In place of our own streams and these descriptors. */
  readonly stdio?: StdioOptions;
  /** Called once the program runs. */
  onStart?(pid: number): void;
}

/** How a program ended. */
export interface CommandEnding {
  /** As a shell reports it: 128 and the number of the signal; 126 when it cannot be executed, 127 when no such command. */
  readonly exitCode: number;
  readonly signal?: NodeJS.Signals;
  /** Whether it ran at all. */
  readonly isStarted: boolean;
}

/** Runs the command as a child, and stays until it ends. */
export async function runBelow(prepared: Prepared, staying: Staying): Promise<CommandEnding> {
  const { context, folder, given, forwarding, stdio, onStart } = staying;
  const [command = ''] = prepared.words;
  const isThere = programFile(command, prepared.environment['PATH']) !== undefined;
  const { words, environment } = isThere ? withPidOfProgram(prepared, context.pid) : prepared;
  const keeping = setInterval(() => keepCopy(folder), FRESH).unref();
  try {
    // Loaded only where it is needed: to become a command takes less.
    const { spawn } = process.getBuiltinModule('node:child_process');
    const child = spawn(words[0] ?? '', words.slice(1), { stdio: stdio ?? passing(given), env: environment });
    forwarding.to(child);
    if (child.pid !== undefined) onStart?.(child.pid);
    if (prepared.isNew) child.once('spawn', () => removeOldCopies());
    return await ended(child);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    context.warn(`${command}: ${WHY_NOT[code] ?? 'it cannot be executed'}.`);
    return { exitCode: code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE, isStarted: false };
  } finally {
    clearInterval(keeping);
    forwarding.end();
  }
}

/** Its exit code as a shell would report it. Rejects when it could not be started. */
function ended(child: ChildProcess): Promise<CommandEnding> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal === null) resolve({ exitCode: code ?? 0, isStarted: true });
      else resolve({ exitCode: 128 + constants.signals[signal], signal, isStarted: true });
    });
  });
}
