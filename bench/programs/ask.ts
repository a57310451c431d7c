// Asks all agents once for each line on stdin, and answers with milliseconds, those of CPU, and how many have answered.
import { createInterface } from 'node:readline';
import { openAgents } from '../../src/agent/client/open-agents.ts';

const { agents } = openAgents({ environment: process.env, platform: process.platform, mayRemove: false });

async function askOnce(): Promise<void> {
  for (const agent of agents.all) agent.stats = undefined;
  const began = performance.now();
  const before = process.cpuUsage();
  await agents.refresh([], { gc: false });
  const { user, system } = process.cpuUsage(before);
  const answered = agents.all.filter(({ stats }) => stats !== undefined).length;
  process.stdout.write(`${performance.now() - began} ${(user + system) / 1000} ${answered}\n`);
}

createInterface(process.stdin)
  .on('line', askOnce)
  .once('close', () => agents.close());
