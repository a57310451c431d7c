// PSS and USS of 2,000 processes: what reading one costs, and whether keys respond while the table is sorted by them.
import type { Result } from '../result.ts';
import { byTurns, pause } from '../rounds.ts';
import { describeLatencies, keyLatencies } from '../side-by-side.ts';
import { median, quantile } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

const PROCESSES = 2_000;
const ROUNDS = 7;
/** Long enough for each process to be read several times. */
const WARM_UP = 10_000;
const PRESSES = 250;
const COLUMNS = 'pid,user,rss,pss,uss,shared,cpu,command';

export async function pss(bench: Workbench): Promise<Result[]> {
  await bench.populate(PROCESSES);
  const reader = bench.answering(process.execPath, [await bench.bundle('pss')]);
  const { cost } = await byTurns(ROUNDS, {
    cost: async () => {
      const [milliseconds = Number.NaN, count = Number.NaN] = await reader.ask();
      return (milliseconds * 1000) / count;
    },
  });
  await bench.children.end(reader);
  const memtop = bench.onTerminal(process.execPath, [bench.memtop, '-d', '1s', '-s', 'pss', '-c', COLUMNS]);
  const without = bench.onTerminal(process.execPath, [bench.memtop, '-d', '1s']);
  await pause(WARM_UP);
  const [latencies = [], usual = []] = await keyLatencies([memtop, without], PRESSES);
  for (const child of [memtop, without]) await bench.children.end(child);
  const each = median(cost);
  return [
    {
      what: 'PSS and USS of one process, 2,000 processes',
      measured: `${each.toFixed(0)} µs of CPU`,
      against: '',
      budget: '',
      isMet: true,
    },
    {
      what: 'key to first byte, sorted by PSS, 2,000 processes, p50 / p99',
      measured: describeLatencies(latencies),
      against: `by RSS  ${describeLatencies(usual)}`,
      budget: 'p99 < 40 ms',
      isMet: quantile(latencies, 0.99) < 40,
    },
  ];
}
