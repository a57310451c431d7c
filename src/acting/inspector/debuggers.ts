// The debuggers of Node.js programs that are open on this machine: whose, since when, and who can reach them.
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
  /** Whether it is in our own network namespace. In another one it could not be asked whether it is a debugger. */
  readonly isHere: boolean;
  /** When it was opened, in clock ticks since boot; where that is not known, when the process began. */
  readonly since: number;
  readonly isSinceKnown: boolean;
  /** Opened by a memtop of this user that was killed. */
  readonly isOurs: boolean;
}

/** Milliseconds that one may take to answer. */
const ANSWERS_WITHIN = 1000;

/** Sockets that are asked at most. */
const MOST_ASKED = 256;

/** Where Node.js puts them by default, and right above. */
const USUAL_PORTS = { from: 9229, to: 9239 };

/** Looks through the processes that may be looked at; `left` are those that memtop opened and did not see closed. */
export async function findDebuggers(processes: Processes, left: readonly Opened[]): Promise<OpenDebugger[]> {
  const asked: Promise<OpenDebugger | undefined>[] = [];
  const own = processes.link('self', 'ns/net');
  for (const pid of processes.pids()) {
    if (!isNode(processes.link(pid, 'exe') ?? '')) continue;
    const isHere = processes.link(pid, 'ns/net') === own;
    for (const listener of inspectorCandidates(processes, pid)) {
      if (asked.length < MOST_ASKED) asked.push(examined(processes, pid, listener, isHere, left));
    }
  }
  return (await Promise.all(asked)).filter((found) => found !== undefined);
}

async function examined(
  processes: Processes,
  pid: number,
  listener: TcpListener,
  isHere: boolean,
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
