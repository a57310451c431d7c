// `memtop run`: starts a command with the agents in it and in its children, by the environment alone.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { FRESH } from '../agent/launch/copy.ts';
import { keepCopy, prepareCommand } from '../agent/launch/prepare.ts';
import type { Context } from '../config/context.ts';
import type { Parsed } from '../config/flags.ts';
import type { Request } from '../config/request.ts';
import { UserError } from '../model/user-error.ts';

/** What a shell exits with when there is no such command, and when it may not be executed (POSIX.1-2017, XCU 2.8.2). */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** Sent to us alone, these are the command's. */
const FORWARDED: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGALRM', 'SIGCONT'];
/** A terminal sends these to its whole foreground group, and so to the command itself. */
const FROM_TERMINAL: readonly NodeJS.Signals[] = ['SIGINT', 'SIGQUIT'];

/**
 * Runs the command with our terminal, and settles with its exit code, or 128 and the number of the signal that
 * ended it; 126 when it cannot be executed, 127 when there is no such command.
 *
 * @throws UserError when no command is given
 */
export async function run(
  _request: Request,
  context: Context,
  _flags: Parsed['flags'],
  words: readonly string[],
): Promise<number> {
  return runWith(words, context, import.meta.dirname);
}

/** The same with the agents from another folder. */
export async function runWith(words: readonly string[], context: Context, folder: string): Promise<number> {
  if (words[0] === undefined || words[0] === '') {
    throw new UserError('There is no command to run.', 'Write it behind: memtop run -- node app.js');
  }
  const prepared = prepareCommand(words, { ...context.environment }, folder);
  for (const warning of prepared.warnings) context.warn(warning);
  const [command = '', ...args] = prepared.words;
  // Before the command is there: a signal that comes in between is not lost, and does not end us alone.
  const forwarding = forwardSignals();
  const keeping = setInterval(() => keepCopy(folder), FRESH).unref();
  try {
    const child = spawn(command, args, { stdio: 'inherit', env: prepared.environment });
    forwarding.to(child);
    return await ended(child);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    context.warn(`${command}: ${code === 'ENOENT' ? 'there is no such command' : 'it cannot be executed'}.`);
    return code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
  } finally {
    clearInterval(keeping);
    forwarding.end();
  }
}

/** Its exit code as a shell would tell it. Rejects when it could not be started. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]));
  });
}

interface Forwarding {
  /** Whom signals are for from now on. */
  to(child: ChildProcess): void;
  end(): void;
}

function forwardSignals(): Forwarding {
  let child: ChildProcess | undefined;
  const early: NodeJS.Signals[] = [];
  const listeners = [...FORWARDED, ...FROM_TERMINAL].map((signal) => {
    const listener = () => {
      if (FROM_TERMINAL.includes(signal) && isInForeground()) return;
      if (child === undefined) early.push(signal);
      else child.kill(signal);
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return {
    to(started) {
      child = started;
      for (const signal of early) started.kill(signal);
    },
    end() {
      for (const remove of listeners) remove();
    },
  };
}

/** Whether our process group is the terminal's foreground one: fields 5 and 8 of proc_pid_stat(5). */
function isInForeground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
  } catch {
    return process.stdin.isTTY;
  }
}
