// A command that is followed while it runs, and the report on it afterwards.
import { inheritedDescriptors } from '../../agent/launch/descriptors.ts';
import { tell } from '../../cli/stderr.ts';
import { whyNotWritten } from '../../errors/not-written.ts';
import { UserError } from '../../errors/user-error.ts';
import { checkWriting, writeFile } from '../../files/write.ts';
import { formatRunJson } from '../../formats/run/run-json.ts';
import { formatRunText } from '../../formats/run/run-text.ts';
import { RunReadings, type RunResult } from '../../model/run/run.ts';
import { sizeOf } from '../../terminal/size.ts';
import { isTerminal } from '../../terminal/standard-streams.ts';
import { type RunContext, runBelow } from './below.ts';
import { Following } from './following.ts';
import { forwardSignals } from './forwarding.ts';
import { prepareFor } from './preparing.ts';
import type { RunWishes } from './wishes.ts';

/** A report is replaced by the next one of the same name. */
const WRITING = { choice: 'named', mode: 0o600, mayReplace: () => true } as const;
/** Cells of a line where the width of the terminal is not known. */
const USUAL_WIDTH = 80;

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
  if (wishes.file !== undefined) checkFile(wishes.file);
  const { exitCode, result } = await observe(words, wishes, context, folder);
  if (result !== undefined) report(result, wishes, context);
  return exitCode;
}

/** How a command ended, and what was seen of it; no result where it could not be started. */
export interface ObservedRun {
  readonly exitCode: number;
  readonly result?: RunResult;
}

/** Runs the command and follows it. */
export async function observe(
  words: readonly string[],
  { interval, hasAgent }: RunWishes,
  context: RunContext,
  folder: string,
): Promise<ObservedRun> {
  const given = inheritedDescriptors();
  const forwarding = forwardSignals();
  const prepared = prepareFor(words, context, folder, hasAgent);
  const readings = new RunReadings(interval);
  let following: Following | undefined;
  const begun = performance.now();
  const onStart = (pid: number) => {
    following = new Following(pid, readings, { interval, begun, search: {} });
  };
  const { exitCode, signal, isStarted } = await runBelow(prepared, { context, folder, given, forwarding, onStart });
  const elapsed = performance.now() - begun;
  if (!isStarted || following === undefined) return { exitCode };
  const remaining = following.end();
  const { way } = following;
  const result = readings.result(
    words,
    { exitCode, ...(signal !== undefined && { signal }), elapsed },
    {},
    { remaining, way },
  );
  return { exitCode, result };
}

function checkFile(path: string): void {
  try {
    checkWriting(path, WRITING);
  } catch (error) {
    throw notWritten(path, error);
  }
}

/** The exit code is the command's: a report that cannot be written is a warning, and goes to stderr. */
function report(result: RunResult, { json, file, ascii }: RunWishes, { warn }: RunContext): void {
  const text = json ? formatRunJson(result) : formatRunText(result, { ascii, width: widthOf(file) });
  if (file === undefined) {
    tell(text);
    return;
  }
  try {
    writeFile(file, text, WRITING);
  } catch (error) {
    const { message } = notWritten(file, error) as Error;
    warn(message);
    tell(text);
  }
}

function notWritten(path: string, error: unknown): unknown {
  const reason = whyNotWritten(error);
  return reason === undefined ? error : new UserError(`Cannot write ${path}: ${reason}.`, 'Choose another file.');
}

function widthOf(file: string | undefined): number {
  if (file !== undefined || !isTerminal(2)) return USUAL_WIDTH;
  return sizeOf(process.stderr, process.env).columns;
}
