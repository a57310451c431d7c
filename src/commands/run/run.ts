// `memtop run`: starts a command with the agents in it and in its children, by the environment alone.
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { become, canBecome, execveHere } from '../../agent/launch/become.ts';
import { FRESH } from '../../agent/launch/copy.ts';
import { inheritedDescriptors, passing } from '../../agent/launch/descriptors.ts';
import { removeOldCopies } from '../../agent/launch/old-copies.ts';
import { withPidOfProgram } from '../../agent/launch/own-pid.ts';
import { keepCopy, type Prepared, prepareCommand } from '../../agent/launch/prepare.ts';
import { programFile } from '../../agent/launch/program-file.ts';
import type { Context } from '../../cli/context.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import type { Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import { type Forwarding, forwardSignals } from './forwarding.ts';

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

/**
 * Becomes the command where that is possible and leaves nothing undone; else runs it with our terminal and descriptors,
 * and settles with its exit code, or 128 and the number of the signal that ended it; 126 when it cannot be executed, 127
 * when no such command.
 *
 * @throws UserError when no command is given
 */
export async function run(
  _request: Request,
  context: RunContext,
  _flags: ParsedWords['flags'],
  words: readonly string[],
): Promise<number> {
  return runWith(words, context, import.meta.dirname);
}

/** The same with the agents from another folder. */
export async function runWith(words: readonly string[], context: RunContext, folder: string): Promise<number> {
  if (words[0] === undefined || words[0] === '') {
    throw new UserError('No command given.', 'Example: memtop run -- node app.js');
  }
  const given = inheritedDescriptors();
  // A signal that is not held ends memtop, which is right as long as nothing is started: a signal that is caught is lost by execve.
  const execve = given.length === 0 ? execveHere() : undefined;
  const early = execve === undefined ? forwardSignals() : undefined;
  const prepared = prepareCommand(words, { ...context.environment }, folder);
  for (const warning of prepared.warnings) context.warn(warning);
  if (execve !== undefined && prepared.lasts) {
    const file = programFile(words[0], prepared.environment['PATH']);
    if (file !== undefined && canBecome(file, prepared.words, prepared.environment)) {
      if (prepared.isNew) removeOldCopies();
      context.saveCodeCache();
      become(execve, file, prepared.words, prepared.environment);
    }
  }
  return runBelow(prepared, { context, folder, given, forwarding: early ?? forwardSignals() });
}

interface Staying {
  readonly context: RunContext;
  /** Where the agents are copied from. */
  readonly folder: string;
  /** Descriptors that the command is to have. */
  readonly given: readonly number[];
  readonly forwarding: Forwarding;
}

/** Runs the command as a child, and stays until it ends. */
async function runBelow(prepared: Prepared, { context, folder, given, forwarding }: Staying): Promise<number> {
  const [command = ''] = prepared.words;
  const isThere = programFile(command, prepared.environment['PATH']) !== undefined;
  const { words, environment } = isThere ? withPidOfProgram(prepared, context.pid) : prepared;
  const keeping = setInterval(() => keepCopy(folder), FRESH).unref();
  try {
    // Loaded only where it is needed: to become a command takes less.
    const { spawn } = process.getBuiltinModule('node:child_process');
    const child = spawn(words[0] ?? '', words.slice(1), { stdio: passing(given), env: environment });
    forwarding.to(child);
    if (prepared.isNew) child.once('spawn', () => removeOldCopies());
    return await ended(child);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    context.warn(`${command}: ${WHY_NOT[code] ?? 'it cannot be executed'}.`);
    return code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE;
  } finally {
    clearInterval(keeping);
    forwarding.end();
  }
}

/** Its exit code as a shell would report it. Rejects when it could not be started. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]));
  });
}
