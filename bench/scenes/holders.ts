// What holds a leak: how often `memtop collect --lines` names the right container and function of known leaks.
// MEMTOP_VERDICTS and the other variables in verdicts.ts select some; each program is watched once on each runtime.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { KNOWN_HOLDERS } from '../../test/fixtures/leaks/known-holders.ts';
import { nameOf } from '../../test/fixtures/programs/known/known.ts';
import type { Result } from '../result.ts';
import { type HolderAnswer, holderRuntimeTable, holderTable, judgeHolder, type Watched } from '../verdicts/holders.ts';
import { type Answer, runKnown } from '../verdicts/known-run.ts';
import { percent } from '../verdicts/matrix.ts';
import { writeMeasured } from '../verdicts/measured-part.ts';
import { onEachRuntime } from '../verdicts/runtimes.ts';
import type { Workbench } from '../workbench.ts';
import { ONLY } from './verdicts.ts';

const FLAGS = ['--lines', '4s'];
/** Programs at a time: each allocates all the time. */
const AT_ONCE = 6;
const LEAST_RIGHT = 0.9;

export async function holders(bench: Workbench): Promise<Result[]> {
  const watched: Watched[] = onEachRuntime(KNOWN_HOLDERS, ONLY);
  await runKnown(bench, watched, {
    ...{ flags: FLAGS, atOnce: AT_ONCE, folder: 'test/fixtures/leaks' },
    onAnswer: (one, answer) => note(bench, one, answer),
  });
  const of = (runtime: string) => holderTable(watched.filter((one) => one.runtime.runtime === runtime));
  const text = [
    `${new Set(watched.map(({ program }) => program)).size} leaks, each watched once on each runtime, \`${FLAGS.join(' ')} --yes\`, ${AT_ONCE} at a time:`,
    ...[holderRuntimeTable(watched), of('node'), of('python')],
  ].join('\n\n');
  console.log(`\n${text}`);
  if (ONLY === undefined) writeMeasured(join(bench.root, 'docs/collect.md'), 'holders', text);
  return resultsOf(watched);
}

/** Scores an answer, and prints it when it is not right. */
function note(bench: Workbench, one: Watched, answer: Answer): void {
  const { containers, lines, clear, failed }: HolderAnswer = answer;
  one.named = judgeHolder(one.program, answer);
  const name = `${one.runtime.name}: ${nameOf(one.program)}`;
  const file = process.env['MEMTOP_VERDICTS_FILE'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ name, ...answer })}\n`);
  if (one.named.isContainerRight && one.named.isFunctionRight) return;
  bench.say(`${name}: ${failed ?? JSON.stringify({ clear, container: containers?.[0], line: lines?.[0] })}`);
}

/** Three lines of the bench's table for each runtime. */
function resultsOf(watched: readonly Watched[]): Result[] {
  return [...new Set(watched.map(({ runtime }) => runtime))].flatMap((runtime) => {
    const named = watched.filter((one) => one.runtime === runtime).map((one) => one.named);
    const line = (what: string, part: number): Result => ({
      ...{ what: `${runtime.name}: ${what} right`, measured: percent(part, named.length), against: '' },
      ...{ budget: `>= ${LEAST_RIGHT * 100}%`, isMet: part >= named.length * LEAST_RIGHT },
    });
    const misled = named.filter((one) => one?.isMisled).length;
    return [
      line('container', named.filter((one) => one?.isContainerRight).length),
      line('function', named.filter((one) => one?.isFunctionRight).length),
      {
        ...{ what: `${runtime.name}: a wrong one called the cause`, measured: String(misled), against: '' },
        ...{ budget: '0', isMet: misled === 0 },
      },
    ];
  });
}
