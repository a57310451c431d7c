// `memtop run`: starts a command with the agents in it and in its children, by the environment alone, and reports on its memory.
import { become, canBecome, execveHere } from '../../agent/launch/become.ts';
import { inheritedDescriptors } from '../../agent/launch/descriptors.ts';
import { removeOldCopies } from '../../agent/launch/old-copies.ts';
import { programFile } from '../../agent/launch/program-file.ts';
import type { ParsedWords } from '../../cli/flags.ts';
import type { Request } from '../../cli/request.ts';
import { UserError } from '../../errors/user-error.ts';
import { isTerminal } from '../../terminal/standard-streams.ts';
import { type RunContext, runBelow } from './below.ts';
import type { ComparingContext } from './compare.ts';
import { forwardSignals } from './forwarding.ts';
import { prepareFor } from './preparing.ts';
import { readWishes } from './wishes.ts';

/**
 * Runs the command as the flags wish. Settles with its exit code, or 128 and the number of the signal that ended it; 126 when
 * it cannot be executed, 127 when no such command.
 *
 * @throws UserError when no command is given, or a flag has a value that is not valid
 */
export async function run(
  { settings }: Request,
  context: ComparingContext,
  flags: ParsedWords['flags'],
  words: readonly string[],
): Promise<number> {
  const folder = import.meta.dirname;
  const wishes = readWishes(flags, { ascii: settings.ascii, isTerminal: isTerminal(2) });
  if (!wishes.isReported) return runWith(words, context, folder, wishes.hasAgent);
  if (wishes.compare) {
    const { runCompared } = await import('./compare.ts');
    return runCompared(words, wishes, context, folder);
  }
  refuseNothing(words);
  const { runObserved } = await import('./observed.ts');
  return runObserved(words, wishes, context, folder);
}

/**
 * Becomes the command where that is possible and leaves nothing undone; else runs it with our terminal and descriptors.
 *
 * @param folder where the agents are
 */
export async function runWith(
  words: readonly string[],
  context: RunContext,
  folder: string,
  hasAgent = true,
): Promise<number> {
  refuseNothing(words);
  const given = inheritedDescriptors();
  // A signal that is not held ends memtop, which is right as long as nothing is started: a signal that is caught is lost by execve.
  const execve = given.length === 0 ? execveHere() : undefined;
  const early = execve === undefined ? forwardSignals() : undefined;
  const prepared = prepareFor(words, context, folder, hasAgent);
  if (execve !== undefined && prepared.lasts) {
    const file = programFile(words[0] ?? '', prepared.environment['PATH']);
    if (file !== undefined && canBecome(file, prepared.words, prepared.environment)) {
      if (prepared.isNew) removeOldCopies();
      context.saveCodeCache();
      become(execve, file, prepared.words, prepared.environment);
    }
  }
  const { exitCode } = await runBelow(prepared, { context, folder, given, forwarding: early ?? forwardSignals() });
  return exitCode;
}

function refuseNothing([command]: readonly string[]): void {
  if (command !== undefined && command !== '') return;
  throw new UserError('No command given.', 'Example: memtop run -- node app.js');
}
