// Verdicts on programs with a known cause: how often a careful expert accepts them, and how often they are the same.
// MEMTOP_VERDICTS="Node 22.*dropped" runs only what matches, and writes no document. MEMTOP_VERDICTS_TIMES=1 runs each once.
// MEMTOP_VERDICTS_FILE=answers.jsonl keeps all verdicts, and does not run again what is in it. MEMTOP_VERDICTS_AT_ONCE=N runs
// N programs at the same time, which is itself a load.
import { join } from 'node:path';
import { KNOWN_PROGRAMS } from '../../test/fixtures/programs/known/known-programs.ts';
import type { Result } from '../result.ts';
import { type Kept, keepAnswer, takeKept } from '../verdicts/kept-answers.ts';
import { type Answer, runKnown } from '../verdicts/known-run.ts';
import { isAccepted, type Judged, percent, programTable, runtimeTable, scoreOf } from '../verdicts/matrix.ts';
import { writeMeasured } from '../verdicts/measured-part.ts';
import { onEachRuntime } from '../verdicts/runtimes.ts';
import type { Workbench } from '../workbench.ts';

export const TIMES = Number(process.env['MEMTOP_VERDICTS_TIMES'] ?? 3);
/** Names of runtimes and programs to which the run is narrowed; undefined for all. */
export const ONLY = process.env['MEMTOP_VERDICTS'];
const FILE = process.env['MEMTOP_VERDICTS_FILE'];
const AT_ONCE = Number(process.env['MEMTOP_VERDICTS_AT_ONCE'] ?? 1);
const LEAST_ACCEPTED = 0.97;
const LEAST_SAME = 0.95;

export async function verdicts(bench: Workbench): Promise<Result[]> {
  const kinds = onEachRuntime(KNOWN_PROGRAMS, ONLY).map((one): Kept => ({ ...one, verdicts: [], loads: [] }));
  takeKept(kinds, FILE, TIMES);
  const rounds = Array.from({ length: TIMES }, (_, round) => kinds.filter(({ verdicts }) => verdicts.length <= round));
  await runKnown(bench, rounds.flat(), { atOnce: AT_ONCE, onAnswer: (run, answer) => note(bench, run, answer) });
  console.log(`\n${programTable(kinds)}\n\n${runtimeTable(kinds)}`);
  if (ONLY === undefined) writeMeasured(join(bench.root, 'docs/collect.md'), 'verdicts', documented(kinds));
  return resultsOf(kinds);
}

/** Keeps a verdict, and prints it when it is not accepted. */
export function note(bench: Workbench, run: Kept, answer: Answer): void {
  const { name, verdict } = keepAnswer(run, answer, FILE);
  if (!isAccepted(run, verdict)) bench.say(`${name}: ${verdict}. ${answer.explanation ?? answer.failed}`);
}

function documented(judged: readonly Judged[]): string {
  const count = new Set(judged.map(({ program }) => program)).size;
  const aside = new Set(judged.filter(({ program }) => program.aside).map(({ program }) => program)).size;
  const of = (runtime: string) => programTable(judged.filter((one) => one.runtime.runtime === runtime));
  return [
    `${count} programs, ${aside} of them set aside, each ${TIMES === 1 ? 'once' : `${TIMES} times`} on each runtime that can run it:`,
    runtimeTable(judged),
    'What was said of each, once where all runs agree; what is not accepted is **bold**.',
    of('node'),
    of('python'),
  ].join('\n\n');
}

/** Two lines of the bench's table for each runtime. */
export function resultsOf(judged: readonly Judged[]): Result[] {
  return [...new Set(judged.map(({ runtime }) => runtime))].flatMap((runtime) => {
    const { programs, runs, accepted, same } = scoreOf(judged.filter((one) => one.runtime === runtime));
    const line = (what: string, part: number, whole: number, least: number) => ({
      ...{ what: `${runtime.name}: ${what}`, measured: percent(part, whole), against: '' },
      ...{ budget: `>= ${least * 100}%`, isMet: part >= whole * least },
    });
    return [
      line('verdicts accepted', accepted, runs, LEAST_ACCEPTED),
      line('the same in all runs', same, programs, LEAST_SAME),
    ];
  });
}
