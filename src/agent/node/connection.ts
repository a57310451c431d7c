// Serves one client: reads no faster than the client does, buffers a bounded number of bytes, and never throws.
import type { Socket } from 'node:net';
import { LIMITS, LineReader, ProtocolError } from '../protocol/protocol.ts';
import { answer, errorReply, type Method } from './answer.ts';
import { methodsFor } from './methods.ts';
import type { Program } from './program.ts';
import { Departure } from './runtime/departure.ts';
import { callNextTurn } from './runtime/time.ts';
import { Subscription } from './subscription.ts';

/** Serves until the client disconnects. The socket does not keep the program alive. */
export function serve(socket: Socket, program: Program): void {
  new Connection(socket, program).begin();
}

class Connection {
  readonly #socket: Socket;
  readonly #reader = new LineReader(LIMITS.requestBytes);
  readonly #subscription: Subscription;
  readonly #departure = new Departure();
  readonly #methods: ReadonlyMap<string, Method>;
  #lines: Iterator<string, void> | undefined;
  #pending = 0;
  #busy = false;
  #ended = false;

  constructor(socket: Socket, program: Program) {
    this.#socket = socket;
    this.#subscription = new Subscription(program, {
      ready: () => socket.writableLength === 0,
      send: (event) => this.#write(JSON.stringify(event)),
    });
    this.#methods = methodsFor(program, this.#subscription, this.#departure);
  }

  begin(): void {
    const socket = this.#socket;
    socket.unref();
    socket.setTimeout(LIMITS.stalled);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#subscription.end();
      this.#departure.happen();
    });
    socket.on('timeout', () => {
      if (this.#reader.held > 0 || socket.writableLength > 0) socket.destroy();
    });
    socket.on('drain', () => this.#proceed());
    socket.on('data', (chunk: Buffer) => {
      this.#lines = this.#reader.push(chunk);
      this.#proceed();
    });
    socket.on('end', () => {
      this.#ended = true;
      // A killed client looks like one that only stopped sending: long requests end now in both cases.
      this.#departure.happen();
      this.#proceed();
    });
  }

  #proceed(): void {
    try {
      this.#takeTurn();
    } catch {
      this.#socket.destroy();
    }
  }

  /** Answers lines for one turn of the event loop, then reads on, waits, or continues in the next turn. */
  #takeTurn(): void {
    if (this.#busy || this.#socket.destroyed) return;
    for (let count = 0; count < LIMITS.requestsPerTurn; count += 1) {
      if (this.#isBehind()) {
        this.#socket.pause();
        return;
      }
      const line = this.#lines?.next();
      if (line === undefined || line.done === true) {
        this.#readOn();
        return;
      }
      this.#answer(line.value);
    }
    this.#socket.pause();
    this.#busy = true;
    callNextTurn(() => {
      this.#busy = false;
      this.#proceed();
    });
  }

  #isBehind(): boolean {
    return this.#pending >= LIMITS.pending || this.#socket.writableLength > LIMITS.unreadBytes;
  }

  #readOn(): void {
    this.#lines = undefined;
    if (this.#reader.overflowed) this.#refuse();
    else if (!this.#ended) this.#socket.resume();
    else if (this.#pending === 0) this.#socket.end();
  }

  #answer(line: string): void {
    this.#pending += 1;
    const replied = answer(line, this.#methods).then((reply) => {
      this.#pending -= 1;
      if (reply !== undefined) this.#write(reply);
      this.#proceed();
    });
    replied.catch(() => this.#socket.destroy());
  }

  #refuse(): void {
    this.#busy = true;
    this.#socket.pause();
    this.#socket.on('finish', () => this.#socket.destroy());
    this.#socket.end(`${JSON.stringify(errorReply(null, new ProtocolError('tooLong')))}\n`);
  }

  #write(line: string): void {
    if (this.#socket.writable) this.#socket.write(`${line}\n`);
  }
}
