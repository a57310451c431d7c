// Whether a Node process without an agent may be asked to open its inspector, or why that could harm.

import { constants } from 'node:os';
import { basename } from 'node:path';
import { parseTcpListeners } from '../../../sampling/linux/net-tcp.ts';
import {
  holdsSignal,
  parseEffectiveUid,
  parseSignalSets,
  parseStateLetter,
} from '../../../sampling/linux/status-details.ts';
import type { Processes } from '../processes.ts';

/** A process that may be attached to, as it was when that was found out. */
export interface Attachable {
  readonly pid: number;
  /** Checked again right before the signal: a reused pid is another process. */
  readonly startTime: number;
  /** The port of an inspector that is open already, and is to be left open. */
  readonly openPort: number | undefined;
  /** Ports it listens on now: none of them is an inspector yet to come. */
  readonly ports: ReadonlySet<number>;
}

/** Why not, a sentence. */
export interface Objection {
  readonly objection: string;
}

/** Where Node's inspector listens unless told (nodejs.org/api/cli.html, --inspect-port). */
const USUAL_PORT = 9229;

/**
 * Looks at everything that could go wrong. SIGUSR1 kills a process that neither catches nor ignores it, and only a
 * Node process in which it is caught opens an inspector; the inspector's port is shared by all of a network
 * namespace, and a process that finds it taken does not try again.
 */
export function mayAttach(processes: Processes, pid: number, ownUid: number): Attachable | Objection {
  const startTime = processes.startTime(pid);
  const status = processes.status(pid);
  if (startTime === undefined || status === undefined) return { objection: `There is no process ${pid}.` };
  const objection =
    objectionToUser(status, ownUid) ??
    objectionToProgram(processes, pid) ??
    objectionToPlace(processes, pid) ??
    objectionToState(status);
  if (objection !== undefined) return { objection };
  const ports = portsOf(processes, pid);
  const port = inspectorPort(processes, pid);
  const openPort = port !== undefined && ports.has(port) ? port : undefined;
  if (openPort === undefined) {
    const blocked = objectionToSignal(status) ?? objectionToPort(processes, port);
    if (blocked !== undefined) return { objection: blocked };
  }
  return { pid, startTime, openPort, ports };
}

/** Why the inspector's usual port could not be used, whatever process it were; undefined when it is free. */
export function blockedPort(processes: Processes): string | undefined {
  return objectionToPort(processes, USUAL_PORT);
}

/** The TCP ports a process listens on, from the list of its own network namespace. */
export function portsOf(processes: Processes, pid: number): Set<number> {
  const listeners = ['net/tcp', 'net/tcp6'].flatMap((file) => {
    const bytes = processes.file(pid, file);
    return bytes === undefined ? [] : parseTcpListeners(bytes.toString('latin1'));
  });
  const open = processes.sockets(pid);
  return new Set(listeners.filter(({ inode }) => open.has(inode)).map(({ port }) => port));
}

function objectionToUser(status: string, ownUid: number): string | undefined {
  const uid = parseEffectiveUid(status);
  if (uid === ownUid || ownUid === 0) return undefined;
  return 'It belongs to another user: only they and root may attach to it.';
}

function objectionToProgram(processes: Processes, pid: number): string | undefined {
  const link = processes.link(pid, 'exe');
  if (link === undefined) return 'Which program it runs may not be looked at.';
  const name = basename(link.replace(/ \(deleted\)$/, ''));
  return /^node(js)?([-_.]?v?\d[\w.-]*)?$/.test(name) ? undefined : `It runs ${name}, which is not Node.`;
}

function objectionToPlace(processes: Processes, pid: number): string | undefined {
  const own = processes.link('self', 'ns/net');
  if (own !== undefined && processes.link(pid, 'ns/net') === own) return undefined;
  return 'It is in another network namespace, where its inspector cannot be reached: run memtop in there.';
}

function objectionToState(status: string): string | undefined {
  switch (parseStateLetter(status)) {
    case 'T':
    case 't':
      return 'It is stopped and would open its inspector at some later time.';
    case 'Z':
    case 'X':
      return 'It has ended.';
    default:
      return undefined;
  }
}

function objectionToSignal(status: string): string | undefined {
  const sets = parseSignalSets(status);
  const { SIGUSR1 } = constants.signals;
  if (sets === undefined) return 'What it does with signals may not be looked at.';
  if (holdsSignal(sets.caught, SIGUSR1)) return undefined;
  if (holdsSignal(sets.blocked, SIGUSR1))
    return 'It was told not to open an inspector by a signal (--disable-sigusr1).';
  if (holdsSignal(sets.ignored, SIGUSR1)) return 'It ignores SIGUSR1, so it would open no inspector.';
  return 'It does not catch SIGUSR1: the signal that opens the inspector would kill it.';
}

function objectionToPort(processes: Processes, port: number | undefined): string | undefined {
  if (port === undefined || port === 0) return undefined;
  const taken = ['net/tcp', 'net/tcp6'].some((file) => {
    const bytes = processes.file('self', file);
    return (
      bytes !== undefined && parseTcpListeners(bytes.toString('latin1')).some((listener) => listener.port === port)
    );
  });
  if (!taken) return undefined;
  return `Port ${port}, on which its inspector would listen, is taken by another process; Node tries no other one.`;
}

/** What --inspect, --inspect-port and their kin say, in its arguments or NODE_OPTIONS; 0 is any. */
function inspectorPort(processes: Processes, pid: number): number | undefined {
  const args = processes.file(pid, 'cmdline')?.toString('latin1').split('\0') ?? [];
  const environment = processes.file(pid, 'environ')?.toString('latin1').split('\0') ?? [];
  const options = environment.find((entry) => entry.startsWith('NODE_OPTIONS='))?.slice('NODE_OPTIONS='.length) ?? '';
  let port = USUAL_PORT;
  for (const option of [...options.split(' '), ...args]) {
    const named = /^--(?:inspect|inspect-brk|inspect-wait|inspect-port|debug-port)=(?:.*:)?(\d{1,5})$/.exec(
      option,
    )?.[1];
    if (named !== undefined) port = Number(named);
  }
  return port;
}
