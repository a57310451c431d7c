// Answers of earlier runs in a file, one JSON document a line: a whole matrix takes an hour, and may be measured in parts.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { nameOf } from '../../test/fixtures/programs/known/known.ts';
import type { Answer, KnownRun } from './known-run.ts';

/** The verdicts on one program on one runtime, run by run, and the load average at the end of each run. */
export interface Kept extends KnownRun {
  readonly verdicts: string[];
  readonly loads: number[];
}

interface Line {
  readonly name: string;
  readonly verdict: string;
  readonly load: number;
}

/** Adds an answer, and appends it to the file where there is one. */
export function keepAnswer(run: Kept, answer: Answer, file: string | undefined): Line {
  const load = loadavg()[0] ?? 0;
  const line = { name: nameIn(run), load, ...answer, verdict: answer.verdict ?? 'failed' };
  run.verdicts.push(line.verdict);
  run.loads.push(load);
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
  return line;
}

/** Reads answers of earlier runs from a file, up to the number wanted for each program. */
export function takeKept(runs: readonly Kept[], file: string | undefined, times: number): void {
  if (file === undefined || !existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').split('\n');
  const kept = lines.filter((line) => line !== '').map((line): Line => JSON.parse(line));
  for (const run of runs) {
    for (const { verdict, load } of kept.filter(({ name }) => name === nameIn(run)).slice(0, times)) {
      run.verdicts.push(verdict);
      run.loads.push(load);
    }
  }
}

function nameIn({ runtime, program }: KnownRun): string {
  return `${runtime.name}: ${nameOf(program)}`;
}
