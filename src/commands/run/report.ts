// Where the report on a command goes: stderr, or a file that only its owner can read.
import { writeStderr } from '../../cli/stderr.ts';
import { whyNotWritten } from '../../errors/not-written.ts';
import { UserError } from '../../errors/user-error.ts';
import { checkWriting, writeFile } from '../../files/write.ts';
import { formatRunJson } from '../../formats/run/run-json.ts';
import { formatRunText } from '../../formats/run/run-text.ts';
import type { RunResult } from '../../model/run/run.ts';
import { sizeOf } from '../../terminal/size.ts';
import { isTerminal } from '../../terminal/standard-streams.ts';
import type { RunContext } from './below.ts';
import type { RunWishes } from './wishes.ts';

/** A report is replaced by the next one of the same name. */
const WRITING = { choice: 'named', mode: 0o600, mayReplace: () => true } as const;
/** Cells of a line where the width of the terminal is not known. */
const USUAL_WIDTH = 80;

/**
 * Checks before the command is run that its report can be written.
 *
 * @throws UserError where it cannot
 */
export function checkReportFile(path: string): void {
  try {
    checkWriting(path, WRITING);
  } catch (error) {
    throw notWritten(path, error);
  }
}

/** Writes the report to where the flags say. */
export function reportRun(result: RunResult, { json, file, ascii }: RunWishes, context: RunContext): void {
  const text = json ? formatRunJson(result) : formatRunText(result, { ascii, width: widthOf(file) });
  if (file === undefined) writeStderr(text);
  else writeReport(file, text, context);
}

/** The exit code is the command's: a report that cannot be written is a warning, and goes to stderr. */
export function writeReport(file: string, text: string, { warn }: RunContext): void {
  try {
    writeFile(file, text, WRITING);
  } catch (error) {
    warn((notWritten(file, error) as Error).message);
    writeStderr(text);
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
