// Samples once for each line on stdin, and answers with the CPU milliseconds that took and the number of processes.
import { createInterface } from 'node:readline';
import { openProcfs } from '../../src/sampling/linux/procfs.ts';
import type { Needs } from '../../src/sampling/sampler/sampler.ts';

/** Rows of a screen of 50 lines. */
const VISIBLE = 44;

const everyRow = process.argv[2] === 'every-row';
const sampler = openProcfs();
const { signal } = new AbortController();
let visible: ReadonlySet<number> = new Set();

async function sampleOnce(): Promise<void> {
  const needs: Needs = { visible, everyRow, measures: new Set(), everyMeasure: false, commandLimit: 4096 };
  const before = process.cpuUsage();
  const { processes } = await sampler.sample(needs, signal);
  const { user, system } = process.cpuUsage(before);
  visible = new Set(processes.slice(-VISIBLE).map(({ who }) => who.pid));
  process.stdout.write(`${(user + system) / 1000} ${processes.length}\n`);
}

createInterface(process.stdin)
  .on('line', sampleOnce)
  .once('close', () => sampler.close());
