// A command that is followed while it runs, and what was seen of it.
import type { StdioOptions } from 'node:child_process';
import { tmpdir } from 'node:os';
import { inheritedDescriptors } from '../../agent/launch/descriptors.ts';
import { LAST_COLLECT_VARIABLE, NOTES_VARIABLE } from '../../agent/protocol/exit-note.ts';
import { makePrivateFolder, type PrivateFolder } from '../../files/private-folder.ts';
import type { RunNotes, RunResult } from '../../model/run/run.ts';
import { type RunContext, runBelow } from './below.ts';
import { forwardSignals } from './forwarding.ts';
import { prepareFor } from './preparing.ts';
import { checkReportFile, reportRun } from './report.ts';
import { RunWatch } from './run-watch.ts';
import type { RunWishes } from './wishes.ts';

/** The name of the folder for notes begins with this. */
const FOLDER = 'memtop-notes-';

/**
 * Runs the command with our terminal and descriptors, and reports. Settles with the exit code of the command.
 *
 * @throws UserError when the report could not be written to the file that is named
 */
export async function runObserved(
  words: readonly string[],
  wishes: RunWishes,
  context: RunContext,
  folder: string,
): Promise<number> {
  if (wishes.file !== undefined) checkReportFile(wishes.file);
  const { exitCode, result } = await observe(words, wishes, { context, folder });
  if (result !== undefined) reportRun(result, wishes, context);
  return exitCode;
}

/** How a command ended, and what was seen of it; no result where it could not be started. */
export interface ObservedRun {
  readonly exitCode: number;
  readonly result?: RunResult;
}

/** Where a command is run. */
export interface RunSurroundings {
  readonly context: RunContext;
  /** Where the agents are. */
  readonly folder: string;
  /** In place of our own streams. */
  readonly stdio?: StdioOptions;
}

/** Runs the command and follows it. */
export async function observe(
  words: readonly string[],
  { interval, hasAgent, lastCollect }: RunWishes,
  { context, folder, stdio }: RunSurroundings,
): Promise<ObservedRun> {
  const given = inheritedDescriptors();
  const forwarding = forwardSignals();
  const notes = hasAgent ? makePrivateFolder(tmpdir(), FOLDER) : undefined;
  const prepared = withNotes(prepareFor(words, context, folder, hasAgent), notes, lastCollect);
  const watch = new RunWatch(interval, context.pid, notes && `${NOTES_VARIABLE}=${notes.path}`);
  const onStart = (pid: number) => watch.begin(pid);
  const staying = { context, folder, given, forwarding, onStart, ...(stdio !== undefined && { stdio }) };
  const { exitCode, signal, isStarted } = await runBelow(prepared, staying);
  const ending = watch.end({ exitCode, ...(signal !== undefined && { signal }) });
  const noted = await notesIn(notes, watch.mainPid);
  return isStarted ? { exitCode, result: await watch.result(words, ending, noted) } : { exitCode };
}

function withNotes<Start extends { readonly environment: NodeJS.ProcessEnv }>(
  prepared: Start,
  notes: PrivateFolder | undefined,
  lastCollect: boolean,
): Start {
  if (notes === undefined) return prepared;
  const added = { [NOTES_VARIABLE]: notes.path, ...(lastCollect && { [LAST_COLLECT_VARIABLE]: '1' }) };
  return { ...prepared, environment: { ...prepared.environment, ...added } };
}

/** What agents noted; the folder is removed. */
async function notesIn(notes: PrivateFolder | undefined, main: number | undefined): Promise<RunNotes> {
  if (notes === undefined) return {};
  try {
    const { isNoteName, readExitNotes } = await import('../../agent/client/exit-notes.ts');
    const noted = readExitNotes(notes.path, main);
    notes.remove(isNoteName);
    return noted;
  } catch {
    return {}; // memtop was upgraded or removed while the command ran.
  }
}
