// The whole program with 5,000 processes: CPU, terminal bytes, keys and memory against htop.
import { residentMemory } from '../costs.ts';
import { type Result, withinRatio } from '../result.ts';
import { pause } from '../rounds.ts';
import { costsOf, describeLatencies, keyLatencies, ratioOf } from '../side-by-side.ts';
import { median, quantile } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

const PROCESSES = 5_000;
/** Milliseconds until quiet rows are recognised as quiet. */
const WARM_UP = 10_000;
const SPANS = 5;
const SPAN = 5_000;
const PRESSES = 250;
/** Bytes are counted at the end, when every process is older than a minute. */
const LATE_SPANS = 3;
const LATE_SPAN = 8_000;

export async function many(bench: Workbench): Promise<Result[]> {
  await bench.populate(PROCESSES);
  const bare = bench.onTerminal(process.execPath, ['-e', 'setInterval(() => {}, 1e3)']);
  const memtop = bench.onTerminal(process.execPath, [bench.memtop, '-d', '1s']);
  const htop = bench.onTerminal('htop', ['-d', '10']);
  await pause(WARM_UP);
  const [own, peer] = await costsOf([memtop, htop], SPANS, SPAN);
  const memory = { own: residentMemory(memtop.pid), bare: residentMemory(bare.pid) };
  const [ownKeys = [], peerKeys = []] = await keyLatencies([memtop, htop], PRESSES);
  const [ownLate, peerLate] = await costsOf([memtop, htop], LATE_SPANS, LATE_SPAN);
  for (const child of [memtop, htop, bare]) await bench.children.end(child);
  return [
    withinRatio({
      what: 'CPU, 5,000 processes, 1 s',
      measured: `${median(own?.cpu ?? []).toFixed(1)} ms/s`,
      against: `htop  ${median(peer?.cpu ?? []).toFixed(1)} ms/s`,
      ratio: ratioOf(own, peer, 'cpu'),
      atMost: 0.4,
    }),
    withinRatio({
      what: 'terminal bytes, 5,000 processes',
      measured: `${median(ownLate?.bytes ?? []).toFixed(0)} B/s`,
      against: `htop  ${median(peerLate?.bytes ?? []).toFixed(0)} B/s`,
      ratio: ratioOf(ownLate, peerLate, 'bytes'),
      atMost: 1,
    }),
    {
      what: 'key to first byte, 5,000 processes, p50 / p99',
      measured: describeLatencies(ownKeys),
      against: `htop  ${describeLatencies(peerKeys)}`,
      budget: 'p99 < 25 ms',
      isMet: quantile(ownKeys, 0.99) < 25,
    },
    withinRatio({
      what: 'RSS, 5,000 processes',
      measured: `${memory.own.toFixed(1)} MiB`,
      against: `bare node  ${memory.bare.toFixed(1)} MiB`,
      ratio: memory.own / memory.bare,
      atMost: 1.9,
    }),
  ];
}
