// One connection to one agent: sends requests, receives answers, within bounds whatever the other side sends.
import { connect, type Socket } from 'node:net';
import { LineReader } from '../protocol/lines.ts';
import type { MethodName, MethodParams } from '../protocol/protocol.ts';
import type { AgentAnswer, ConnectionEnding } from './answer.ts';
import { Intake } from './intake.ts';
import { readMessage } from './message.ts';

/** Longest line accepted from an agent, in bytes: before it has identified itself, and afterwards. */
const LONGEST_GREETING = 16 * 1024;
const LONGEST_REPLY = 256 * 1024;

/** Bytes an agent may send: in a burst, and in addition per millisecond. */
const BURST = 1024 * 1024;
const BYTES_PER_MILLISECOND = 64;

/** Bytes read at once. */
export const READ_SIZE = 64 * 1024;

/** Unrequested messages after which memtop stops listening to an agent. */
const MOST_STRAYS = 16;

/** Maximum number of open requests: a program that is blocked for hours gets no more. */
const MOST_PENDING = 32;

interface Pending {
  readonly since: number;
  readonly resolve: (answer: AgentAnswer) => void;
}

export class Connection {
  /** Called for each event of a subscription. */
  onEvent: (() => void) | undefined;
  #socket: Socket;
  #lines = new LineReader(LONGEST_GREETING);
  #longest = LONGEST_GREETING;
  readonly #intake: Intake;
  #pending = new Map<number, Pending>();
  #ending: ConnectionEnding | undefined;
  #opened = false;
  #nextId = 1;
  #strays = 0;
  #allowance = BURST;
  #allowedAt = performance.now();

  /**
   * Connects at once; the first answer reports the result. `buffer` is what the socket reads into: one
   * may serve many connections, since whatever is kept of it is copied before anything else can be read. `intake` is
   * what all connections share.
   */
  constructor(path: string, buffer: Buffer = Buffer.allocUnsafe(READ_SIZE), intake = new Intake()) {
    this.#intake = intake;
    const callback = (length: number) => {
      this.#receive(buffer.subarray(0, length));
      return true;
    };
    this.#socket = connect({ path, onread: { buffer, callback } });
    this.#socket.on('connect', () => {
      this.#opened = true;
    });
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#end(endingOf(error, this.#opened)));
    this.#socket.on('close', () => this.#end(GONE));
  }

  /** Why it is over; undefined while it is not. */
  get ending(): ConnectionEnding | undefined {
    return this.#ending;
  }

  /** Since when (performance.now()) the oldest unanswered request has been waiting; undefined when none is. */
  get waitingSince(): number | undefined {
    for (const { since } of this.#pending.values()) return since;
    return undefined;
  }

  /**
   * Sends a request. The answer may take forever while the program is blocked: a caller that cannot wait bounds it with
   * `within`. With too many open requests it is not sent, and is `overdue` at once; the open ones stay open.
   */
  ask<Name extends MethodName>(method: Name, params: MethodParams<Name>): Promise<AgentAnswer> {
    if (this.#ending !== undefined) return Promise.resolve({ kind: 'closed', ending: this.#ending });
    if (this.#pending.size >= MOST_PENDING) return Promise.resolve({ kind: 'overdue' });
    return new Promise((resolve) => {
      const id = this.#nextId++;
      this.#pending.set(id, { since: performance.now(), resolve });
      this.#socket.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  }

  /** Its identity is proved: from now on its answers may be longer. */
  trust(): void {
    if (this.#lines.held > 0) this.#misbehaved('it sends unrequested data');
    this.#lines = new LineReader(LONGEST_REPLY);
    this.#longest = LONGEST_REPLY;
  }

  /** Closes it: all agents together have sent too much, and this one the most. */
  cutOff(): void {
    this.#misbehaved('it sent the most data while all agents together exceeded the limit');
  }

  /** Closes the connection. Open requests end as dropped. */
  close(): void {
    this.#end({ kind: 'dropped', sentence: 'memtop closed the connection.' });
  }

  /** Whether this connection alone keeps memtop running. */
  hold(held: boolean): void {
    if (held) this.#socket.ref();
    else this.#socket.unref();
  }

  #receive(chunk: Buffer): void {
    if (this.#ending !== undefined) return;
    const now = performance.now();
    this.#allowance = Math.min(BURST, this.#allowance + (now - this.#allowedAt) * BYTES_PER_MILLISECOND);
    this.#allowedAt = now;
    this.#allowance -= chunk.length;
    if (this.#allowance < 0) this.#misbehaved('it sends more data than requested');
    else this.#intake.receive(this, chunk.length);
    if (this.#isOver()) return;
    for (const line of this.#lines.push(chunk)) {
      this.#take(line);
      if (this.#isOver()) return;
    }
    if (this.#lines.overflowed) this.#misbehaved(`it sent a line of more than ${this.#longest} bytes`);
    else this.#intake.hold(this, this.#lines.held);
  }

  #isOver(): boolean {
    return this.#ending !== undefined;
  }

  #take(line: string): void {
    const message = readMessage(line);
    if (message.kind === 'fault') {
      this.#misbehaved(message.fault);
      return;
    }
    if (message.kind === 'event') {
      if (this.onEvent === undefined) this.#stray();
      else this.onEvent();
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) this.#stray();
    this.#pending.delete(message.id);
    pending?.resolve(message.answer);
  }

  #stray(): void {
    this.#strays += 1;
    if (this.#strays > MOST_STRAYS) this.#misbehaved('it answers a request that was not made');
  }

  #misbehaved(fault: string): void {
    this.#end({ kind: 'misbehaved', sentence: `The agent broke the protocol: ${fault}.` });
  }

  #end(ending: ConnectionEnding): void {
    if (this.#ending !== undefined) return;
    this.#ending = ending;
    this.#socket.destroy();
    this.#intake.forget(this);
    this.#lines = new LineReader(0);
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { resolve } of waiting) resolve({ kind: 'closed', ending });
  }
}

const GONE: ConnectionEnding = {
  kind: 'gone',
  sentence: 'The agent closed the connection: its program has exited or is exiting.',
};

/** An answer, or undefined after `milliseconds` without one. The request stays open. */
export function within<Value>(answer: Promise<Value>, milliseconds: number): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds, undefined);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function endingOf(error: NodeJS.ErrnoException, opened: boolean): ConnectionEnding {
  if (opened) return GONE;
  switch (error.code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return { kind: 'unreachable', sentence: 'No process listens on its socket.' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'unreachable', sentence: 'Permission denied for its socket.' };
    case 'EAGAIN':
      return { kind: 'unreachable', sentence: 'Too many connections are waiting for it.' };
    default:
      return { kind: 'unreachable', sentence: 'Cannot connect to its socket.' };
  }
}
