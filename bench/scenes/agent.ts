// What the agent costs its program: start-up, memory and CPU on several versions of Node.js, throughput on this one.

import { estimate } from '../confidence.ts';
import { cpuTime, residentMemory } from '../costs.ts';
import { Hosts, type Server } from '../hosts.ts';
import { Load } from '../load.ts';
import { changesUnderLoad } from '../loaded-pairs.ts';
import { type Node, nodes } from '../nodes.ts';
import type { Result } from '../result.ts';
import { byTurns, pause } from '../rounds.ts';
import { median } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

const STARTS = 21;
const SERVERS = 9;
/** Milliseconds until V8 has reduced its memory, which it does 8 s after a program becomes idle (src/heap/memory-reducer.h). */
const SETTLING = 14_000;
const IDLE = 4_000;

/** With and without the agent, in the same order. */
interface Figures {
  readonly bare: readonly number[];
  readonly full: readonly number[];
}

const NOTHING: Figures = { bare: [], full: [] };

interface Group {
  readonly node: Node;
  readonly bare: Server[];
  readonly full: Server[];
}

export async function agent(bench: Workbench): Promise<Result[]> {
  const hosts = await Hosts.of(bench);
  const versions = nodes(bench);
  const results: Result[] = [];
  for (const node of versions) results.push(await startUp(hosts, node));
  results.push(...(await atRest(bench, hosts, versions)));
  const [running] = versions;
  const { rates, yields } = await changesUnderLoad(bench, hosts, running);
  return [
    ...results,
    noLoss(`agent, ${running.version}: requests a second`, rates),
    noLoss(`agent, ${running.version}: requests a second of CPU`, yields),
  ];
}

async function startUp(hosts: Hosts, node: Node): Promise<Result> {
  const figures = await byTurns(STARTS, {
    bare: async () => hosts.startUp(node, false),
    full: async () => hosts.startUp(node, true),
  });
  return atMost(`agent, ${node.version}: CPU of the start`, figures, 6, 'ms');
}

/** The servers of all versions run at once: they are idle. */
async function atRest(bench: Workbench, hosts: Hosts, versions: readonly Node[]): Promise<Result[]> {
  const groups: Group[] = versions.map((node) => ({ node, bare: [], full: [] }));
  for (const { node, bare, full } of groups) {
    while (full.length < SERVERS) {
      bare.push(await hosts.server(node, false));
      full.push(await hosts.server(node, true));
    }
  }
  const all = groups.flatMap(({ bare, full }) => [...bare, ...full]);
  for (const { port } of all) await askALittle(port);
  await pause(SETTLING);
  const before = new Map(all.map(({ program: { pid } }) => [pid, cpuTime(pid)]));
  const memory = groups.map((group) => readAll(group, residentMemory));
  await pause(IDLE);
  const spent = groups.map((group) => readAll(group, (pid) => cpuTime(pid) - (before.get(pid) ?? Number.NaN)));
  await Promise.all(all.map(({ program }) => bench.children.end(program)));
  return groups.flatMap(({ node: { version } }, index) => [
    atMost(`agent, ${version}: RSS of a server`, memory[index], 1.5, 'MiB'),
    // A clock tick: the resolution of proc_pid_stat(5).
    atMost(`agent, ${version}: CPU of ${IDLE / 1000} idle s`, spent[index], 10, 'ms'),
  ]);
}

function readAll({ bare, full }: Group, read: (pid: number) => number): Figures {
  const of = (servers: readonly Server[]) => servers.map(({ program }) => read(program.pid));
  return { bare: of(bare), full: of(full) };
}

async function askALittle(port: number): Promise<void> {
  const load = await Load.open(port);
  await load.run(10);
  load.close();
}

/** The median of the differences within each round. */
function atMost(what: string, { bare, full }: Figures = NOTHING, most: number, unit: string): Result {
  const difference = median(full.map((value, index) => value - (bare[index] ?? Number.NaN)));
  return {
    what,
    measured: `${difference >= 0 ? '+' : ''}${difference.toFixed(2)} ${unit}`,
    against: `without  ${median(bare).toFixed(2)} ${unit}`,
    budget: `<= ${most} ${unit}`,
    isMet: difference <= most,
  };
}

function noLoss(what: string, changes: readonly number[]): Result {
  const { mean, margin } = estimate(changes.map((change) => change * 100));
  return {
    what,
    measured: `${mean >= 0 ? '+' : ''}${mean.toFixed(2)}% +- ${margin.toFixed(2)}`,
    against: `without, ${changes.length} pairs, 95%`,
    budget: '>= -2%',
    isMet: mean - margin >= -2,
  };
}
