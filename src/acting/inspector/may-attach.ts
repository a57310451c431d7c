// Whether memtop may attach to a Node process without an agent, or why that could harm it.
import { constants } from 'node:os';
import { basename } from 'node:path';
import type { Processes } from '../../agent/client/finding/processes.ts';
import {
  holdsSignal,
  parseEffectiveUid,
  parseNamespacePids,
  parseSignalSets,
  parseStateLetter,
} from '../../sampling/linux/proc/status.ts';
import { listenersOf } from './listeners.ts';

/** A process that memtop may attach to, as it was when checked. */
export interface Attachable {
  readonly pid: number;
  /** Checked again right before the signal, as is the program: a reused pid is another process. */
  readonly startTime: number;
  /** What /proc/PID/exe links to. */
  readonly program: string;
  /** Its pid in its own PID namespace. */
  readonly innerPid: number;
  /** Where its inspector would listen; 0 is any port. */
  readonly port: number;
}

/** Why not, a sentence. */
export interface Objection {
  readonly objection: string;
}

/** Where Node's inspector listens by default (nodejs.org/api/cli.html, --inspect-port). */
const USUAL_PORT = 9229;

/** Checks user, program, place and state: what must hold whether or not its inspector is open. */
export function mayAttach(processes: Processes, pid: number, ownUid: number): Attachable | Objection {
  const startTime = processes.startTime(pid);
  const status = processes.status(pid);
  if (startTime === undefined || status === undefined) return { objection: `There is no process ${pid}.` };
  const program = processes.link(pid, 'exe');
  const objection =
    objectionToUser(status, ownUid) ??
    objectionToProgram(program) ??
    objectionToPlace(processes, pid) ??
    objectionToState(status);
  if (objection !== undefined || program === undefined)
    return { objection: objection ?? 'The process could not be checked.' };
  const innerPid = parseNamespacePids(status).at(-1) ?? pid;
  return { pid, startTime, program, innerPid, port: inspectorPort(processes, pid) };
}

/**
 * Why its inspector must not be opened with SIGUSR1; undefined when it may be. The signal kills a process that neither
 * catches nor ignores it. The inspector's port is shared by all of a network namespace, and a process that finds it
 * taken does not try again.
 */
export function objectionToOpening(processes: Processes, { pid, port }: Attachable): string | undefined {
  return objectionToSignal(processes.status(pid) ?? '') ?? objectionToPort(processes, port);
}

/** Why the inspector's usual port could not be used, whatever process it were; undefined when it is free. */
export function blockedPort(processes: Processes): string | undefined {
  return objectionToPort(processes, USUAL_PORT);
}

/** Whether a program file is Node.js by its name. */
export function isNode(program: string): boolean {
  return /^node(js)?([-_.]?v?\d[\w.-]*)?$/.test(basename(program.replace(/ \(deleted\)$/, '')));
}

function objectionToUser(status: string, ownUid: number): string | undefined {
  const uid = parseEffectiveUid(status);
  if (uid === ownUid || ownUid === 0) return undefined;
  return 'It belongs to another user: only they and root may attach to it.';
}

function objectionToProgram(program: string | undefined): string | undefined {
  if (program === undefined) return 'Permission denied: cannot see which program it runs.';
  return isNode(program) ? undefined : `It runs ${basename(program)}, which is not Node.`;
}

function objectionToPlace(processes: Processes, pid: number): string | undefined {
  const own = processes.link('self', 'ns/net');
  if (own !== undefined && processes.link(pid, 'ns/net') === own) return undefined;
  return 'It is in another network namespace, where memtop cannot reach its inspector. Run memtop in that namespace.';
}

function objectionToState(status: string): string | undefined {
  switch (parseStateLetter(status)) {
    case 'T':
    case 't':
      return 'It is stopped: its inspector would open only after it continues.';
    case 'Z':
    case 'X':
      return 'It has exited.';
    default:
      return undefined;
  }
}

function objectionToSignal(status: string): string | undefined {
  const sets = parseSignalSets(status);
  const { SIGUSR1 } = constants.signals;
  if (sets === undefined) return 'Permission denied: cannot see how it handles signals.';
  if (holdsSignal(sets.caught, SIGUSR1)) return undefined;
  if (holdsSignal(sets.blocked, SIGUSR1))
    return 'It was started with --disable-sigusr1, so a signal does not open its inspector.';
  if (holdsSignal(sets.ignored, SIGUSR1)) return 'It ignores SIGUSR1, the signal that opens the inspector.';
  return 'It does not handle SIGUSR1: the signal that opens the inspector would kill it.';
}

function objectionToPort(processes: Processes, port: number): string | undefined {
  if (port === 0 || !listenersOf(processes, 'self').some((listener) => listener.port === port)) return undefined;
  return `Port ${port}, the port for its inspector, is in use by another process, and Node does not try another.`;
}

/**
 * What --inspect, --inspect-port and their kin say, in its arguments or NODE_OPTIONS. A program that sets
 * process.title overwrites both, so that the usual port is assumed.
 */
function inspectorPort(processes: Processes, pid: number): number {
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

/** Whether the same process is still running and is not a zombie. */
export function isThere(processes: Processes, { pid, startTime }: Attachable): boolean {
  const seen = processes.find(pid);
  return seen !== undefined && seen.startTime === startTime && seen.state !== 'Z' && seen.state !== 'X';
}
