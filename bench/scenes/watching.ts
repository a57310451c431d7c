// What `memtop collect --lines` costs a server, and whether the server is as fast as before afterwards.
import { execFile } from 'node:child_process';
import { cpuTime } from '../costs.ts';
import { Hosts } from '../hosts.ts';
import { Load } from '../load.ts';
import { type Node, nodes } from '../nodes.ts';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';
import type { Workbench } from '../workbench.ts';

/** Servers of each version, one after the other. */
const SERVERS = 3;
/** Milliseconds of load in each part. The watch begins and ends while there is load. */
const WARM_UP = 3_000;
const PART = 5_000;
const WATCHED = '10s';
/** Fractions of the speed before. During the watch nothing is inlined; afterwards what has leaked costs some speed. */
const LEAST = { during: 0.4, after: 0.8 } as const;

/** Requests per second of wall time, and per second of the server's CPU time, which the load of the machine does not change. */
interface Speed {
  readonly rate: number;
  readonly yield: number;
}

/** Before, while containers are found and the heap is sampled, and afterwards. */
interface Watch {
  readonly before: Speed;
  readonly during: Speed;
  readonly after: Speed;
  /** Whether the Map that grows was found. The names of the bundled server are no longer those of its source. */
  readonly isFound: boolean;
}

export async function watching(bench: Workbench): Promise<Result[]> {
  const hosts = await Hosts.of(bench, 'sessions');
  const results: Result[] = [];
  for (const node of nodes(bench)) {
    const watches: Watch[] = [];
    while (watches.length < SERVERS) watches.push(await watchOnce(bench, hosts, node));
    results.push(...resultsOf(node, watches));
  }
  return results;
}

async function watchOnce(bench: Workbench, hosts: Hosts, node: Node): Promise<Watch> {
  const { program, port } = await hosts.server(node, true);
  const load = await Load.open(port);
  await load.run(WARM_UP);
  const before = await speedOf(load, program.pid, () => false);
  let printed: string | undefined;
  execFile(
    process.execPath,
    [bench.memtop, 'collect', String(program.pid), '--lines', WATCHED, '--yes', '--json'],
    { env: { ...process.env, XDG_RUNTIME_DIR: bench.folder } },
    (_, stdout) => {
      printed = stdout;
    },
  );
  const during = await speedOf(load, program.pid, () => printed === undefined);
  await load.run(WARM_UP);
  const after = await speedOf(load, program.pid, () => false);
  load.close();
  await bench.children.end(program);
  return { before, during, after, isFound: hasMap(printed ?? '') };
}

/** The speed during one part, or until a promise settles. */
async function speedOf(load: Load, pid: number, isGoingOn: () => boolean): Promise<Speed> {
  const cpuBefore = cpuTime(pid);
  let [answers, milliseconds] = [0, 0];
  do {
    const work = await load.run(isGoingOn() ? PART / 10 : PART);
    answers += work.answers;
    milliseconds += work.milliseconds;
  } while (isGoingOn());
  return { rate: (answers / milliseconds) * 1000, yield: (answers / (cpuTime(pid) - cpuBefore)) * 1000 };
}

function hasMap(printed: string): boolean {
  if (printed === '') return false;
  const { containers = [] } = JSON.parse(printed) as { readonly containers?: readonly { readonly type: string }[] };
  return containers.some(({ type }) => type === 'Map');
}

function resultsOf({ version }: Node, watches: readonly Watch[]): Result[] {
  const middle = (of: (watch: Watch) => number) => median(watches.map(of));
  const line = (when: 'during' | 'after', least: number): Result => {
    const ratio = middle((watch) => watch[when].yield / watch.before.yield);
    return {
      what: `${version}: requests a second of CPU ${when} a watch`,
      measured: `${Math.round(middle((watch) => watch[when].yield))} (${Math.round(middle((watch) => watch[when].rate))} a second)`,
      against: `before  ${Math.round(middle(({ before }) => before.yield))} (${Math.round(middle(({ before }) => before.rate))} a second)`,
      ...{ ratio, budget: `>= ${least} x`, isMet: ratio >= least },
    };
  };
  const found = watches.filter(({ isFound }) => isFound).length;
  return [
    line('during', LEAST.during),
    line('after', LEAST.after),
    {
      what: `${version}: the Map that grows found`,
      ...{ measured: `${found} of ${watches.length}`, against: '', budget: 'all', isMet: found === watches.length },
    },
  ];
}
