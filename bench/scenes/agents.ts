// The client of the agents: time and CPU to refresh the numbers of 1,000 agents.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../result.ts';
import { pause } from '../rounds.ts';
import { median } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

const AGENTS = 1_000;
/** Rounds before the measurement: the first finds and verifies the agents; a few more compile the code. */
const WARM_UP = 10;
const ROUNDS = 31;
/** Milliseconds between two rounds: a screen asks at most once a second, so caches are cold each time. */
const INTERVAL = 400;
const MOST_MILLISECONDS = 300;
const MOST_CPU = 25;

export async function agents(bench: Workbench): Promise<Result[]> {
  // The client accepts only a folder with the name of an agent's folder that is closed to other users.
  const folder = join(bench.folder, 'memtop-agents');
  mkdirSync(folder, { mode: 0o700 });
  const made = bench.answering(bench.compile('agents'), [String(AGENTS), folder]);
  const [listening] = await made.ask();
  if (listening !== AGENTS) throw new Error(`Only ${listening} of ${AGENTS} agents could be made.`);
  const client = bench.answering(process.execPath, [await bench.bundle('ask')]);
  const took: number[] = [];
  const cpu: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const [milliseconds = Number.NaN, ofCpu = Number.NaN, answered = 0] = await client.ask();
    if (answered < AGENTS) throw new Error(`Only ${answered} of ${AGENTS} agents have answered.`);
    if (round === -WARM_UP) bench.say(`found, proved and greeted in ${milliseconds.toFixed(0)} ms`);
    if (round >= 0) {
      took.push(milliseconds);
      cpu.push(ofCpu);
    }
    await pause(INTERVAL);
  }
  for (const child of [client, made]) await bench.children.end(child);
  return [
    atMost('stats of 1,000 agents, all answered', took, MOST_MILLISECONDS),
    atMost('stats of 1,000 agents, CPU of the client', cpu, MOST_CPU),
  ];
}

function atMost(what: string, values: readonly number[], most: number): Result {
  const middle = median(values);
  return { what, measured: `${middle.toFixed(1)} ms`, against: '', budget: `< ${most} ms`, isMet: middle < most };
}
