// What `memtop collect --lines` costs a server while it is watched, and whether it has its speed back afterwards.
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
/** Milliseconds of load in each part. The watch begins while there is load, and the load lasts a little longer. */
const WARM_UP = 3_000;
const PART = 5_000;
const WATCHED = '10s';
/** Of the speed before: it inlines nothing during a watch, and what has leaked meanwhile costs some of its speed afterwards. */
const LEAST = { during: 0.4, after: 0.8 } as const;

/** Requests a second of wall time, and of the server's CPU: what others do to the machine meanwhile is not in the second. */
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

/** The speed over one part, or for as long as something is going on. */
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
