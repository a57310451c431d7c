// Opens the agent's socket in the first usable folder; does nothing if no folder is usable.
import type { Server } from 'node:net';
import { type FolderCandidate, LIMITS, pipeName, SOCKET_MODE, socketFault, socketPath } from '../protocol/protocol.ts';
import { serve } from './connection.ts';
import { candidatesHere, prepareFolder } from './folder.ts';
import type { Program } from './program.ts';

/** Connections the kernel keeps until the program has time for them. */
const BACKLOG = 128;

/**
 * Listens for clients; never throws, never keeps the program alive. A start-up snapshot that is being built must not
 * hold a socket.
 */
export function openSocket(program: Program): void {
  try {
    if (process.execArgv.includes('--build-snapshot')) return;
    if (process.platform === 'win32') new Door(program, 0, []).listenAt(pipeName(process.pid), false);
    else {
      const uid = (process.geteuid as () => number)();
      new Door(program, uid, [...candidatesHere(uid)]).tryNext();
    }
  } catch {
    // No socket: the program runs as it would without an agent.
  }
}

class Door {
  readonly #program: Program;
  readonly #uid: number;
  readonly #candidates: FolderCandidate[];

  constructor(program: Program, uid: number, candidates: FolderCandidate[]) {
    this.#program = program;
    this.#uid = uid;
    this.#candidates = candidates;
  }

  tryNext(): void {
    for (let next = this.#candidates.shift(); next !== undefined; next = this.#candidates.shift()) {
      const path = socketPath(next.folder, process.pid);
      if (path === undefined || !prepareFolder(next, this.#uid)) continue;
      if (this.listenAt(path, true)) return;
    }
  }

  /**
   * Listens, exclusively: a cluster's primary would otherwise own the sockets of its workers. True once bound, or
   * when the rest comes by an event.
   */
  listenAt(path: string, mayReplace: boolean): boolean {
    const net = require('node:net') as typeof import('node:net');
    const server = net.createServer({ allowHalfOpen: true }, (socket) => serve(socket, this.#program));
    server.maxConnections = LIMITS.clients;
    server.on('error', (error) => {
      if (!server.listening) this.#onError(error, path, mayReplace);
    });
    server.unref();
    try {
      bind(server, path);
    } catch {
      return false;
    }
    if (server.listening) this.#settle(server, path);
    return true;
  }

  #settle(server: Server, path: string): void {
    if (process.platform === 'win32') return;
    const fs = require('node:fs') as typeof import('node:fs');
    try {
      fs.chmodSync(path, SOCKET_MODE);
    } catch {
      server.close();
      return;
    }
    // Closing the handle removes the file, but process.exit() closes no handles. Signals and crashes leave it: the
    // client removes what no process listens on.
    process.on('exit', () => {
      try {
        fs.unlinkSync(path);
      } catch {
        // It is gone, or the program may no longer remove it.
      }
    });
  }

  #onError(error: NodeJS.ErrnoException, path: string, mayReplace: boolean): void {
    try {
      if (error.code !== 'EADDRINUSE') this.tryNext();
      else if (mayReplace) this.#replaceDead(path);
    } catch {
      // No socket.
    }
  }

  /** A killed process leaves its socket, and its PID is reused later. A live socket is never touched. */
  #replaceDead(path: string): void {
    const fs = require('node:fs') as typeof import('node:fs');
    const net = require('node:net') as typeof import('node:net');
    if (socketFault(fs.lstatSync(path), this.#uid) !== undefined) return;
    const probe = net.connect(path);
    probe.unref();
    // There is a listener: this process loaded the agent twice, or a process in another PID namespace has this PID.
    probe.on('connect', () => probe.destroy());
    probe.on('error', (error: NodeJS.ErrnoException) => {
      try {
        if (error.code === 'ECONNREFUSED') fs.unlinkSync(path);
        if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') this.listenAt(path, false);
      } catch {
        // No socket.
      }
    });
  }
}

/**
 * server.listen() loads the cluster module to find out whether its primary should listen instead. With `exclusive`
 * the answer is no, and what it calls then can be called at once: a quarter of the agent's start-up less.
 */
function bind(server: Server & { _listen2?: (...setup: readonly unknown[]) => void }, path: string): void {
  const { _listen2: listen } = server;
  if (typeof listen === 'function') listen.call(server, path, -1, -1, BACKLOG, undefined, undefined);
  else server.listen({ path, exclusive: true, backlog: BACKLOG });
}
