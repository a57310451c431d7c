// Time to the first frame with 200 processes and a warm code cache.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Result, withinRatio } from '../result.ts';
import { byTurns } from '../rounds.ts';
import { median, medianRatio } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

const PROCESSES = 200;
const WARM_UP = 3;
const ROUNDS = 21;

/** The titles of the table, and a row with pid and user below them. */
const FIRST_ROW = /COMMAND[\s\S]* \d+ [a-z_][\w-]* +\d/;

export async function start(bench: Workbench): Promise<Result[]> {
  await bench.populate(PROCESSES);
  const screen = { bare: () => bareOnTerminal(bench), frame: () => firstFrame(bench) };
  const print = {
    bare: () => untilEnd(['-e', '0']),
    once: () => untilEnd([bench.memtop, '--once']),
    line: () => untilEnd([bench.memtop, 'line']),
  };
  await byTurns(WARM_UP, screen);
  const frames = await byTurns(ROUNDS, screen);
  await byTurns(WARM_UP, print);
  const prints = await byTurns(ROUNDS, print);
  const line = (what: string, values: number[], bare: number[], atMost: number) =>
    withinRatio({
      what: `${what}, 200 processes`,
      measured: `${median(values).toFixed(0)} ms`,
      against: `node -e 0  ${median(bare).toFixed(0)} ms`,
      ratio: medianRatio(values, bare),
      atMost,
    });
  return [
    line('first frame with rows', frames.frame, frames.bare, 2.2),
    line('memtop --once', prints.once, prints.bare, 1.5),
    line('memtop line', prints.line, prints.bare, 1.5),
  ];
}

async function firstFrame(bench: Workbench): Promise<number> {
  const program = bench.onTerminal(process.execPath, [bench.memtop]);
  const shown = await program.written(FIRST_ROW);
  await bench.children.end(program);
  return shown - program.startedAt;
}

async function bareOnTerminal(bench: Workbench): Promise<number> {
  const program = bench.onTerminal(process.execPath, ['-e', '0']);
  await program.ended;
  return (program.endedAt ?? Number.NaN) - program.startedAt;
}

async function untilEnd(words: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.resume();
  const [exitCode] = await once(child, 'exit');
  if (exitCode !== 0) throw new Error(`node ${words.join(' ')} ended with ${exitCode}.`);
  return performance.now() - started;
}
