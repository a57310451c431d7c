// Real programs killed at the limit of their memory cgroup: how many of them were forecast in time and correctly.
// MEMTOP_KILLS="sort|git" runs only what matches, and writes no document. MEMTOP_KILLS_FILE=runs.jsonl keeps all readings.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { KillWatch } from '../kills/kill-run.ts';
import { type KillScore, killTable, scoreKill } from '../kills/kill-score.ts';
import { KILLED_PROGRAMS } from '../kills/killed-programs.ts';
import type { Result } from '../result.ts';
import { writeMeasured } from '../verdicts/measured-part.ts';
import type { Workbench } from '../workbench.ts';

/** Programs at a time: more would leave the machine no CPU to spare. */
const AT_A_TIME = 2;
const LEAST_USEFUL = 16 / 18;
const LEAST_HELD = 0.95;

export async function kills(bench: Workbench): Promise<Result[]> {
  const only = process.env['MEMTOP_KILLS'];
  const programs = KILLED_PROGRAMS.filter(({ name }) => new RegExp(only ?? '').test(name));
  const waiting = [...programs];
  const scores: KillScore[] = [];
  const watch = new KillWatch(bench);
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const run = await watch.run(next);
      const file = process.env['MEMTOP_KILLS_FILE'];
      if (file !== undefined) appendFileSync(file, `${JSON.stringify({ ...run, program: { name: next.name } })}\n`);
      const score = scoreKill(run);
      scores.push(score);
      bench.say(score.isKilled ? (killTable([score]).split('\n').at(-1) ?? '') : `${next.name} was not killed`);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  watch.close();
  const killed = programs.flatMap(({ name }) => scores.find((score) => score.name === name && score.isKilled) ?? []);
  if (only === undefined) writeMeasured(join(bench.root, 'docs/growth.md'), 'kills', killTable(killed));
  return resultsOf(killed, programs.length);
}

function resultsOf(killed: readonly KillScore[], whole: number): Result[] {
  const useful = killed.filter(({ kill }) => kill.isUseful).length;
  const toLimit = killed.filter(({ limit }) => limit.isUseful).length;
  const sum = (of: (score: KillScore) => number) => killed.reduce((total, score) => total + of(score), 0);
  const [held, spoke] = [sum((score) => score.held), sum((score) => score.spoke)];
  const line = (what: string, part: number, of: number, least: number): Result => ({
    ...{ what: `real kills: ${what}`, measured: `${part} of ${of}`, against: '' },
    ...{ budget: `>= ${(least * 100).toFixed(0)}%`, isMet: part >= of * least },
  });
  return [
    line('programs killed', killed.length, whole, 1),
    line('a useful forecast', useful, killed.length, LEAST_USEFUL),
    line('a useful forecast of reaching the limit', toLimit, killed.length, LEAST_USEFUL),
    line('forecasts whose range held', held, spoke, LEAST_HELD),
  ];
}
