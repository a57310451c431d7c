// The leak test on programs that leak and on ones that do not. MEMTOP_VERDICTS and the other variables in verdicts.ts select some.
import { join } from 'node:path';
import { KNOWN_LEAKS } from '../../test/fixtures/programs/known/known-leaks.ts';
import type { Result } from '../result.ts';
import type { Kept } from '../verdicts/kept-answers.ts';
import { runKnown } from '../verdicts/known-run.ts';
import { programTable, runtimeTable } from '../verdicts/matrix.ts';
import { writeMeasured } from '../verdicts/measured-part.ts';
import { onEachRuntime } from '../verdicts/runtimes.ts';
import type { Workbench } from '../workbench.ts';
import { note, ONLY, resultsOf, TIMES } from './verdicts.ts';

/** Flags for a short test: five collections within 20 s. */
const FLAGS = ['--repeat', '5', '--every', '5s'];

/** Tests at a time: they wait most of the time. */
const AT_ONCE = 20;

export async function leaks(bench: Workbench): Promise<Result[]> {
  const kinds = onEachRuntime(KNOWN_LEAKS, ONLY).map((one): Kept => ({ ...one, verdicts: [], loads: [] }));
  const runs = Array.from({ length: TIMES }, () => kinds).flat();
  await runKnown(bench, runs, { flags: FLAGS, atOnce: AT_ONCE, onAnswer: (run, answer) => note(bench, run, answer) });
  console.log(`\n${programTable(kinds)}\n\n${runtimeTable(kinds)}`);
  if (ONLY === undefined) {
    const count = new Set(kinds.map(({ program }) => program)).size;
    const of = (runtime: string) => programTable(kinds.filter((one) => one.runtime.runtime === runtime));
    const text = [
      `${count} programs, each ${TIMES === 1 ? 'once' : `${TIMES} times`} on each runtime that can run it, \`${FLAGS.join(' ')}\`:`,
      ...[runtimeTable(kinds), of('node'), of('python')],
    ].join('\n\n');
    writeMeasured(join(bench.root, 'docs/collect.md'), 'leak tests', text);
  }
  return resultsOf(kinds);
}
