// `memtop run --compare`: several command lines, run in turn, side by side.
import { constants } from 'node:os';
import { progress } from '../../cli/stderr.ts';
import { UserError } from '../../errors/user-error.ts';
import { formatComparison } from '../../formats/run/comparison-text.ts';
import { formatRunJson } from '../../formats/run/run-json.ts';
import { compareRuns } from '../../model/run/comparison.ts';
import type { RunResult } from '../../model/run/run.ts';
import { cut } from '../../text/width.ts';
import type { RunContext } from './below.ts';
import { observe } from './observed.ts';
import { checkReportFile, writeReport } from './report.ts';
import type { RunWishes } from './wishes.ts';

/** What a shell that is killed by the keyboard ends with: nothing else is run then. */
const INTERRUPTED: ReadonlySet<number> = new Set([128 + constants.signals.SIGINT, 128 + constants.signals.SIGTERM]);
/** Cells of a command in the line of progress. */
const SHOWN = 50;

export interface ComparingContext extends RunContext {
  print(text: string): Promise<void>;
  terminalWidth(): number | undefined;
}

/**
 * Runs each line by `sh -c`, in turn and as often as wished, and prints the table. What the commands print goes to stderr, and
 * they have no input. Settles with 0 where all ended with 0, else with 1; with 128 and the signal's number when interrupted.
 *
 * @throws UserError with fewer than two lines
 */
export async function runCompared(
  lines: readonly string[],
  wishes: RunWishes,
  context: ComparingContext,
  folder: string,
): Promise<number> {
  if (lines.length < 2 || lines.includes('')) {
    throw new UserError(
      'Name two or more commands to compare, each as one word.',
      "Example: memtop run --compare 'node a.js' 'node b.js'",
    );
  }
  if (wishes.file !== undefined) checkReportFile(wishes.file);
  const runs = lines.map((line) => ({ line, results: [] as RunResult[] }));
  const stdio = ['ignore', 2, 2] as const;
  let failed = false;
  for (let time = 1; time <= wishes.times; time += 1) {
    for (const { line, results } of runs) {
      progress(`run ${time} of ${wishes.times}: ${cut(line, SHOWN)}`);
      progress('');
      const { exitCode, result } = await observe(['sh', '-c', line], wishes, { context, folder, stdio: [...stdio] });
      if (result === undefined || INTERRUPTED.has(exitCode)) return exitCode;
      if (exitCode !== 0) failed = true;
      results.push(result);
    }
  }
  const text = wishes.json
    ? runs.flatMap(({ results }) => results.map(formatRunJson)).join('')
    : formatComparison(compareRuns(runs), wishes.file === undefined ? context.terminalWidth() : undefined);
  if (wishes.file === undefined) await context.print(text);
  else writeReport(wishes.file, text, context);
  return failed ? 1 : 0;
}
