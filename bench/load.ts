// Asks an HTTP server as fast as it answers, over kept connections.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Connections: enough to keep the server busy. */
const CONNECTIONS = 16;
const REQUEST = 'GET /items HTTP/1.1\r\nHost: localhost\r\n\r\n';
/** The last byte of an answer, a small JSON object in one packet; it does not occur earlier in it. */
const LAST = '}'.charCodeAt(0);

/** What a server has done during a run. */
export interface Work {
  readonly answers: number;
  readonly milliseconds: number;
}

/** A client; idle between two calls of `run`. */
export class Load {
  readonly #sockets: readonly Socket[];
  #isRunning = false;
  #answers = 0;
  #onRest: (() => void) | undefined;
  #asking = 0;

  private constructor(sockets: readonly Socket[]) {
    this.#sockets = sockets;
    for (const socket of sockets) socket.on('data', (chunk) => this.#received(socket, chunk));
  }

  static async open(port: number): Promise<Load> {
    const sockets = Array.from({ length: CONNECTIONS }, () => connect(port, '127.0.0.1').setNoDelay());
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    return new Load(sockets);
  }

  /** Sends requests for N milliseconds; settles with the last answer. Rejects when the server closes the connection. */
  async run(milliseconds: number): Promise<Work> {
    this.#answers = 0;
    this.#asking = this.#sockets.length;
    this.#isRunning = true;
    const began = performance.now();
    for (const socket of this.#sockets) socket.write(REQUEST);
    setTimeout(() => {
      this.#isRunning = false;
    }, milliseconds);
    await new Promise<void>((resolve, reject) => {
      this.#onRest = resolve;
      for (const socket of this.#sockets)
        socket.once('close', () => reject(new Error('A server has closed the connection.')));
    });
    for (const socket of this.#sockets) socket.removeAllListeners('close');
    return { answers: this.#answers, milliseconds: performance.now() - began };
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #received(socket: Socket, chunk: Buffer): void {
    if (chunk.at(-1) !== LAST) return;
    this.#answers += 1;
    if (this.#isRunning) {
      socket.write(REQUEST);
      return;
    }
    this.#asking -= 1;
    if (this.#asking === 0) this.#onRest?.();
  }
}
