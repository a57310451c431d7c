// Reads PSS and USS of all processes once for each line on stdin, without a budget, and answers with the CPU
// milliseconds that took beyond a pass without them, and the number of processes.
import { createInterface } from 'node:readline';
import { openProcfs } from '../../src/sampling/linux/procfs.ts';
import type { Needs } from '../../src/sampling/sampler/sampler.ts';

const { signal } = new AbortController();
const BASE = { visible: new Set<number>(), everyRow: true, everyMeasure: true, commandLimit: 4096 };

/** CPU milliseconds of the first sample, which reads everything, and the number of processes. */
async function costOf(measures: Needs['measures']): Promise<[milliseconds: number, count: number]> {
  const sampler = openProcfs();
  const before = process.cpuUsage();
  const { processes } = await sampler.sample({ ...BASE, measures }, signal);
  const { user, system } = process.cpuUsage(before);
  sampler.close();
  return [(user + system) / 1000, processes.filter(({ who }) => !who.kernel).length];
}

createInterface(process.stdin).on('line', async () => {
  const [without] = await costOf(new Set());
  const [withShares, count] = await costOf(new Set(['pss']));
  process.stdout.write(`${withShares - without} ${count}\n`);
});
