// Open debuggers of Node.js programs on this machine: owner, since when, and which users can reach them.
import type { Processes } from '../../agent/client/finding/processes.ts';
import type { TcpListener } from '../../sampling/linux/proc/net/tcp.ts';
import { parseEffectiveUid } from '../../sampling/linux/proc/status.ts';
import { inspectorCandidates } from './listeners.ts';
import { isNode } from './may-attach.ts';
import { askInspector } from './session.ts';
import type { Opened } from './traces.ts';

/** An open debugger. */
export interface OpenDebugger {
  readonly pid: number;
  /** Effective user of the process. */
  readonly uid: number | undefined;
  readonly address: string;
  readonly port: number;
  /** Whether it is in our own network namespace. In another one memtop could not check whether it is a debugger. */
  readonly isHere: boolean;
  /** When it was opened, in clock ticks since boot; where unknown, when the process started. */
  readonly since: number;
  readonly isSinceKnown: boolean;
  /** Opened by a killed memtop of this user. */
  readonly isOurs: boolean;
}

/** Milliseconds to wait for the answer of one. */
const ANSWERS_WITHIN = 1000;

/** Maximum number of sockets to check. */
const MOST_EXAMINED = 256;

/** The default port of Node.js and those right above it. */
const USUAL_PORTS = { from: 9229, to: 9239 };

/** Searches the accessible processes; `left` are those whose inspector memtop opened and did not see closed. */
export async function findDebuggers(processes: Processes, left: readonly Opened[]): Promise<OpenDebugger[]> {
  const requests: Promise<OpenDebugger | undefined>[] = [];
  const own = processes.link('self', 'ns/net');
  for (const pid of processes.pids()) {
    if (!isNode(processes.link(pid, 'exe') ?? '')) continue;
    const isHere = processes.link(pid, 'ns/net') === own;
    for (const listener of inspectorCandidates(processes, pid)) {
      if (requests.length < MOST_EXAMINED) requests.push(examined(processes, { pid, listener, isHere }, left));
    }
  }
  return (await Promise.all(requests)).filter((found) => found !== undefined);
}

async function examined(
  processes: Processes,
  { pid, listener, isHere }: { readonly pid: number; readonly listener: TcpListener; readonly isHere: boolean },
  left: readonly Opened[],
): Promise<OpenDebugger | undefined> {
  const opened = inspectorThread(processes, pid);
  const startTime = processes.startTime(pid);
  const isUsual = listener.port >= USUAL_PORTS.from && listener.port <= USUAL_PORTS.to;
  const isDebugger = isHere
    ? (await askInspector(processes, pid, listener, ANSWERS_WITHIN)) !== undefined
    : opened !== undefined || isUsual;
  if (!isDebugger || startTime === undefined) return undefined;
  return {
    pid,
    uid: parseEffectiveUid(processes.status(pid) ?? ''),
    address: listener.address,
    port: listener.port,
    isHere,
    since: opened ?? startTime,
    isSinceKnown: opened !== undefined,
    isOurs: left.some((one) => one.pid === pid && one.startTime === startTime),
  };
}

/** When the inspector's thread began, in clock ticks since boot. Node.js names it from version 24 on. */
function inspectorThread(processes: Processes, pid: number): number | undefined {
  for (const thread of processes.threads(pid)) {
    const name = processes.file(pid, `task/${thread}/comm`)?.toString('latin1').trim() ?? '';
    if (/^(?:node-)?InspectorIo$/.test(name)) return processes.startTimeOfThread(pid, thread);
  }
  return undefined;
}
