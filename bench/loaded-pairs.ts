// Two servers that differ in one thing, under load by turns: how much that changes what they yield.
import { cpuTime } from './costs.ts';
import type { Hosts, Server } from './hosts.ts';
import { Load } from './load.ts';
import type { Node } from './nodes.ts';
import { medianRatio } from './statistics.ts';
import type { Workbench } from './workbench.ts';

/** Pairs of servers: a process keeps the luck of its start, so each pair is a new one. */
const PAIRS = 20;
/**
 * Milliseconds of load; a run of a second is cut into pieces that take turns, and the middle one counts: what disturbs
 * the machine for a while does not make a difference between the two.
 */
const WARM_UP = 700;
const PIECE = 50;
const PIECES = 20;

/** Of each pair the change that the agent makes, as a fraction: -0.01 is a loss of 1%. */
export interface Changes {
  /** Requests a second. */
  readonly rates: number[];
  /** Requests a second of the server's CPU: what others do to the machine meanwhile is not in it. */
  readonly yields: number[];
}

/** One side of a pair. */
interface Side {
  readonly server: Server;
  readonly load: Load;
  readonly hasAgent: boolean;
  /** Requests a millisecond, piece by piece. */
  readonly rates: number[];
  /** Requests a millisecond of the server's CPU. */
  readonly yields: number[];
}

export async function changesUnderLoad(bench: Workbench, hosts: Hosts, node: Node): Promise<Changes> {
  const changes: Changes = { rates: [], yields: [] };
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const sides: [Side, Side] = [await begin(hosts, node, pair % 2 === 0), await begin(hosts, node, pair % 2 !== 0)];
    for (const { load } of sides) await load.run(WARM_UP);
    for (let piece = 0; piece < PIECES; piece += 1) {
      for (const side of piece % 2 === 0 ? sides : [...sides].reverse()) await runPiece(side);
    }
    for (const { load, server } of sides) {
      load.close();
      await bench.children.end(server.program);
    }
    const [full, bare] = sides[0].hasAgent ? sides : [sides[1], sides[0]];
    changes.rates.push(medianRatio(full.rates, bare.rates) - 1);
    changes.yields.push(medianRatio(full.yields, bare.yields) - 1);
  }
  return changes;
}

async function begin(hosts: Hosts, node: Node, hasAgent: boolean): Promise<Side> {
  const server = await hosts.server(node, hasAgent);
  return { server, load: await Load.open(server.port), hasAgent, rates: [], yields: [] };
}

async function runPiece(side: Side): Promise<void> {
  const { pid } = side.server.program;
  const before = cpuTime(pid);
  const { answers, milliseconds } = await side.load.run(PIECE);
  side.rates.push(answers / milliseconds);
  side.yields.push(answers / (cpuTime(pid) - before));
}
