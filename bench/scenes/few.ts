// The whole program with few processes: CPU against gtop and htop, terminal bytes, keys and memory.
import { residentMemory } from '../costs.ts';
import { gtop } from '../gtop.ts';
import { type Result, withinRatio } from '../result.ts';
import { pause } from '../rounds.ts';
import { costsOf, describeLatencies, keyLatencies, ratioOf } from '../side-by-side.ts';
import { median, quantile } from '../statistics.ts';
import type { TerminalProgram } from '../terminal-program.ts';
import type { Workbench } from '../workbench.ts';

/** Milliseconds until the garbage of the start is collected. */
const WARM_UP = 15_000;
/** Milliseconds until the other program has drawn its screen. */
const PEER_WARM_UP = 5_000;
/** Milliseconds until no process is younger than a minute, as on a machine that has been up for a while. */
const AGEING = 25_000;
const SPANS = 5;
const SPAN = 6_000;
const PRESSES = 250;

export async function few(bench: Workbench): Promise<Result[]> {
  await bench.populate(150);
  await keepCompiledCode(bench);
  const gtopProgram = gtop(bench);
  const bare = bench.onTerminal(process.execPath, ['-e', 'setInterval(() => {}, 1e3)']);
  const memtop = bench.onTerminal(process.execPath, [bench.memtop, '-d', '1s']);
  await pause(WARM_UP - PEER_WARM_UP);
  const results = [await besideGtop(bench, memtop, gtopProgram)];
  const htop = bench.onTerminal('htop', ['-d', '10']);
  await pause(AGEING);
  results.push(...(await besideHtop(memtop, htop)));
  await bench.populate(200);
  await pause(PEER_WARM_UP);
  results.push(besideNode(memtop, bare), await answers(memtop, htop));
  for (const child of [memtop, htop, bare]) await bench.children.end(child);
  return results;
}

/** Starts memtop once before the measurement: the first start compiles, and keeps the compiled code. */
async function keepCompiledCode(bench: Workbench): Promise<void> {
  const first = bench.onTerminal(process.execPath, [bench.memtop, '-d', '1s']);
  await pause(PEER_WARM_UP);
  await bench.children.end(first);
}

async function besideGtop(bench: Workbench, memtop: TerminalProgram, program: string): Promise<Result> {
  const peer = bench.onTerminal(process.execPath, [program]);
  await pause(PEER_WARM_UP);
  const [own, other] = await costsOf([memtop, peer], 3, SPAN);
  await bench.children.end(peer);
  return withinRatio({
    what: 'CPU, 150 processes, 1 s',
    measured: `${median(own?.cpu ?? []).toFixed(2)} ms/s`,
    against: `gtop  ${median(other?.cpu ?? []).toFixed(1)} ms/s`,
    ratio: ratioOf(own, other, 'cpu'),
    atMost: 0.12,
  });
}

async function besideHtop(memtop: TerminalProgram, htop: TerminalProgram): Promise<Result[]> {
  const [own, peer] = await costsOf([memtop, htop], SPANS, SPAN);
  return [
    withinRatio({
      what: 'CPU, 150 processes, 1 s',
      measured: `${median(own?.cpu ?? []).toFixed(2)} ms/s`,
      against: `htop  ${median(peer?.cpu ?? []).toFixed(2)} ms/s`,
      ratio: ratioOf(own, peer, 'cpu'),
      atMost: 1.9,
    }),
    withinRatio({
      what: 'terminal bytes, 150 processes',
      measured: `${median(own?.bytes ?? []).toFixed(0)} B/s`,
      against: `htop  ${median(peer?.bytes ?? []).toFixed(0)} B/s`,
      ratio: ratioOf(own, peer, 'bytes'),
      atMost: 1,
    }),
  ];
}

function besideNode(memtop: TerminalProgram, bare: TerminalProgram): Result {
  const [own, other] = [residentMemory(memtop.pid), residentMemory(bare.pid)];
  return withinRatio({
    what: 'RSS, 200 processes',
    measured: `${own.toFixed(1)} MiB`,
    against: `bare node  ${other.toFixed(1)} MiB`,
    ratio: own / other,
    atMost: 1.65,
  });
}

async function answers(memtop: TerminalProgram, htop: TerminalProgram): Promise<Result> {
  const [own = [], peer = []] = await keyLatencies([memtop, htop], PRESSES);
  return {
    what: 'key to first byte, idle, p50 / p99',
    measured: describeLatencies(own),
    against: `htop  ${describeLatencies(peer)}`,
    budget: 'p99 < 16 ms',
    isMet: quantile(own, 0.99) < 16,
  };
}
