// Sampling 5,000 processes: CPU of a pass, and kernel memory for kept descriptors.
import { keptBuffers } from '../costs.ts';
import { type Result, withinRatio } from '../result.ts';
import { byTurns, pause } from '../rounds.ts';
import { median, medianRatio } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

const PROCESSES = 5_000;
/** Until every row is known to be quiet. */
const WARM_UP = 7;
const ROUNDS = 15;
/** Milliseconds between two passes: which rows are skipped depends on time. */
const INTERVAL = 1_000;

export async function sampling(bench: Workbench): Promise<Result[]> {
  await bench.populate(PROCESSES);
  const program = await bench.bundle('sample');
  const peer = bench.answering(bench.compile('read-proc'), []);
  const every = bench.answering(process.execPath, [program, 'every-row']);
  const spared = bench.answering(process.execPath, [program, 'spared']);
  const measures = {
    peer: async () => {
      await pause(INTERVAL);
      return (await peer.ask())[0] ?? Number.NaN;
    },
    every: async () => (await every.ask())[0] ?? Number.NaN,
    spared: async () => (await spared.ask())[0] ?? Number.NaN,
  };
  await byTurns(WARM_UP, measures);
  const figures = await byTurns(ROUNDS, measures);
  const buffers = keptBuffers(every.pid);
  for (const child of [peer, every, spared]) await bench.children.end(child);
  const against = `C: open, read, close  ${median(figures.peer).toFixed(1)} ms`;
  const line = (what: string, values: number[], atMost: number) =>
    withinRatio({
      what: `sampling, 5,000 processes, ${what}`,
      measured: `${median(values).toFixed(1)} ms a pass`,
      against,
      ratio: medianRatio(values, figures.peer),
      atMost,
    });
  return [
    line('all rows read', figures.every, 1.3),
    line('quiet rows spared', figures.spared, 0.4),
    {
      what: 'kernel memory of kept descriptors',
      measured: `${buffers.toFixed(2)} MiB`,
      against: '',
      budget: '<= 2 MiB',
      isMet: buffers <= 2,
    },
  ];
}
