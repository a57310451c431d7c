// One connection to one agent: requests out, answers in, within bounds whatever the other side sends.
import { connect, type Socket } from 'node:net';
import { LineReader } from '../protocol/lines.ts';
import type { EventParams, MethodName, MethodParams } from '../protocol/protocol.ts';
import type { AgentAnswer, ConnectionEnding } from './answer.ts';
import { Intake } from './intake.ts';
import { readMessage } from './message.ts';

/** Longest line taken from an agent, in bytes: before it has said who it is, and afterwards. */
const LONGEST_GREETING = 16 * 1024;
const LONGEST_REPLY = 256 * 1024;

/** Bytes an agent may send: so many at once, and so many more a millisecond. */
const BURST = 1024 * 1024;
const BYTES_PER_MILLISECOND = 64;

/** Bytes read at once. */
export const READ_SIZE = 64 * 1024;

/** Messages that nobody asked for before an agent is not listened to any more. */
const MOST_STRAYS = 16;

/** Requests without an answer at which no more are sent: a program that is blocked for hours is asked no more than this. */
const MOST_PENDING = 32;

interface Pending {
  readonly since: number;
  readonly resolve: (answer: AgentAnswer) => void;
}

export class Connection {
  /** Called for each event of a subscription. */
  onEvent: ((params: EventParams) => void) | undefined;
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
   * Connects at once; what comes of that is told by the first answer. `buffer` is what the socket reads into: one
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
   * Sends a request. The answer may take for ever, as long as the program is blocked: what cannot wait bounds it with
   * `within`. With too many answers owed the request is not sent, and is `overdue` at once; those under way stay so.
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

  /** It has proved who it is: from now on its answers may be longer. */
  trust(): void {
    if (this.#lines.held > 0) this.#misbehaved('it says more than it was asked');
    this.#lines = new LineReader(LONGEST_REPLY);
    this.#longest = LONGEST_REPLY;
  }

  /** Ends it: all agents together have sent too much, and this one the most. */
  cutOff(): void {
    this.#misbehaved('it sent more than any other while all together sent too much');
  }

  /** Hangs up. Requests under way end as dropped. */
  close(): void {
    this.#end({ kind: 'dropped', sentence: 'The connection was closed from this side.' });
  }

  /** Keeps, or no longer keeps, the program running for it alone. */
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
    if (this.#allowance < 0) this.#misbehaved('it sends more than anybody asked for');
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
      else this.onEvent(message.params);
      return;
    }
    const pending = this.#pending.get(message.id);
    if (pending === undefined) this.#stray();
    this.#pending.delete(message.id);
    pending?.resolve(message.answer);
  }

  #stray(): void {
    this.#strays += 1;
    if (this.#strays > MOST_STRAYS) this.#misbehaved('it answers what nobody asked');
  }

  #misbehaved(fault: string): void {
    this.#end({ kind: 'misbehaved', sentence: `The agent does not keep to the protocol: ${fault}.` });
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

const GONE: ConnectionEnding = { kind: 'gone', sentence: 'The agent hung up: its program has ended or is ending.' };

/** An answer, or undefined when `milliseconds` pass without one. The request stays under way. */
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
      return { kind: 'unreachable', sentence: 'Nobody listens at its socket.' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'unreachable', sentence: 'Its socket may not be opened.' };
    case 'EAGAIN':
      return { kind: 'unreachable', sentence: 'Too many others are waiting to connect to it.' };
    default:
      return { kind: 'unreachable', sentence: 'Its socket cannot be connected to.' };
  }
}
