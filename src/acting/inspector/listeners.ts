// The listening TCP sockets of a process, and which of them may be its inspector.
import type { Processes } from '../../agent/client/finding/processes.ts';
import { parseTcpListeners, type TcpListener } from '../../sampling/linux/proc/net/tcp.ts';
import { mainLoop } from './main-loop.ts';

/** Maximum number of new sockets whose owner one search looks up: each reads all descriptors of a process. */
const MOST_LOOKED_UP = 64;

/** All listening TCP sockets of the network namespace that a process is in. */
export function listenersOf(processes: Processes, pid: number | 'self'): TcpListener[] {
  return ['net/tcp', 'net/tcp6'].flatMap((file) => {
    const bytes = processes.file(pid, file);
    return bytes === undefined ? [] : parseTcpListeners(bytes.toString('latin1'));
  });
}

/** Those that the process itself has open. */
export function ownListeners(processes: Processes, pid: number): TcpListener[] {
  const open = processes.sockets(pid);
  return listenersOf(processes, pid).filter(({ inode }) => open.has(inode));
}

/**
 * Those of a Node.js process that may be its inspector's, whatever its arguments say (process.title overwrites them).
 * The inspector has a thread and an event loop of its own, so that its socket is not among those that the loop of the main
 * thread watches. What listens in a worker thread is among them too.
 */
export function inspectorCandidates(processes: Processes, pid: number): TcpListener[] {
  const listeners = ownListeners(processes, pid);
  if (listeners.length === 0) return [];
  const loop = mainLoop(processes, pid);
  return listeners.filter(({ inode }) => loop?.sockets.has(inode) !== true);
}

/** Listening sockets that a process opened after `before` was taken. */
export class NewListeners {
  readonly #processes: Processes;
  readonly #pid: number;
  readonly #before: Set<string>;

  constructor(processes: Processes, pid: number, before: readonly TcpListener[] = listenersOf(processes, pid)) {
    this.#processes = processes;
    this.#pid = pid;
    this.#before = new Set(before.map(({ inode }) => inode));
  }

  /** Those that are there now. */
  now(): TcpListener[] {
    const fresh = listenersOf(this.#processes, this.#pid).filter(({ inode }) => !this.#before.has(inode));
    return fresh.slice(0, MOST_LOOKED_UP).filter(({ inode }) => this.#processes.holdsSocket(this.#pid, inode));
  }

  /** This one is not the expected one. */
  leaveOut({ inode }: TcpListener): void {
    this.#before.add(inode);
  }
}
