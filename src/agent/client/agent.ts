// One agent: its identity, its latest figures, and requests to it.
import type { Heap } from '../../model/snapshot/heap.ts';
import { type HelloResult, type MethodName, type MethodParams, PROTOCOL, type Stats } from '../protocol/protocol.ts';
import type { AgentAnswer, ConnectionEnding } from './answer.ts';
import { Connection, within } from './connection.ts';
import { agentKeyOf, type FoundAgent } from './finding/found.ts';
import { openFound } from './finding/open-found.ts';
import type { Intake } from './intake.ts';
import { type CheckedReply, checkHello, checkStats, heapOf } from './replies.ts';

/** Milliseconds to wait for an agent's answer before its program counts as busy. */
export const ANSWER_TIMEOUT = 1500;

/** Why there is no answer. All of these are findings and none is thrown. */
export interface AgentTrouble {
  readonly kind: ConnectionEnding['kind'] | 'busy' | 'refused' | 'error';
  /** One sentence for people. */
  readonly sentence: string;
  /** Since when it has not answered, in milliseconds since the epoch; only with `busy`. */
  readonly busySince?: number;
}

export type AgentOutcome<Value> = { readonly value: Value } | { readonly trouble: AgentTrouble };

/** Requests that keep an agent from answering for longer than ANSWER_TIMEOUT. */
const LONG_WORK: ReadonlySet<MethodName> = new Set(['collect', 'sampleHeap', 'growingContainers']);

/** The largest possible size, relative to the mapped address space: addons count some memory twice. */
const BOUND_FACTOR = 2;
const BOUND_SLACK = 2 ** 30;

export class Agent {
  readonly found: FoundAgent;
  readonly key: string;
  /** Created once its identity has been proved. */
  hello: HelloResult | undefined;
  stats: Stats | undefined;
  #connection: Connection | undefined;
  #greeting: Promise<AgentTrouble | undefined> | undefined;
  #trouble: AgentTrouble | undefined;
  #refreshing: Promise<void> | undefined;
  #watchesGc = false;
  #collections = 0;
  #mostBytes = 0;
  readonly #virtual: () => number | undefined;
  readonly #buffer: Buffer | undefined;
  readonly #intake: Intake | undefined;

  /**
   * `virtual` returns the address space of the process in bytes, which bounds its figures; `buffer` is what is
   * read into, and may be shared by all agents, and so may `intake`, the bound on what they send together.
   */
  constructor(found: FoundAgent, virtual: () => number | undefined, buffer?: Buffer, intake?: Intake) {
    this.found = found;
    this.key = agentKeyOf(found);
    this.#virtual = virtual;
    this.#buffer = buffer;
    this.#intake = intake;
  }

  /** Why it is permanently closed; undefined while it takes requests. */
  get trouble(): AgentTrouble | undefined {
    return this.#trouble;
  }

  /** Whether a collection or another long request of ours is running: other answers wait until it is done. */
  get collecting(): boolean {
    return this.#collections > 0;
  }

  /** When it stopped answering, in milliseconds since the epoch; undefined while it answers or collects for us. */
  get busySince(): number | undefined {
    const since = this.collecting ? undefined : this.#connection?.waitingSince;
    return since === undefined || performance.now() - since < ANSWER_TIMEOUT
      ? undefined
      : Math.round(performance.timeOrigin + since);
  }

  /** What a snapshot contains of it; undefined until it has identified itself. */
  get heap(): Heap | undefined {
    if (this.hello === undefined || this.#trouble !== undefined) return undefined;
    const { runtime } = this.hello;
    const { busySince } = this;
    const heap: Heap = this.stats === undefined ? { runtime } : heapOf(runtime, this.stats);
    return busySince === undefined ? heap : { ...heap, busySince };
  }

  /** Connects and checks its identity; settles when that is known, however long it takes. Undefined means success. */
  greet(): Promise<AgentTrouble | undefined> {
    this.#greeting ??= this.#introduce();
    return this.#greeting;
  }

  /** Requests new figures, unless an earlier request is open. Settles when it has answered, or never will. */
  refresh(wants: { readonly gc: boolean }): Promise<void> {
    this.#refreshing ??= this.#ask(wants.gc).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** One request with its answer checked, and a timeout in milliseconds. */
  async request<Name extends MethodName, Value>(
    method: Name,
    params: MethodParams<Name>,
    check: (value: unknown, most: number) => CheckedReply<Value>,
    timeout = ANSWER_TIMEOUT,
  ): Promise<AgentOutcome<Value>> {
    const requestedAt = Date.now();
    const answered = this.greet().then((trouble) =>
      trouble === undefined ? this.#send(method, params, check) : { trouble },
    );
    return (await within(answered, timeout)) ?? { trouble: busy(requestedAt, this.#connection?.waitingSince) };
  }

  close(): void {
    this.#connection?.close();
    this.#trouble ??= { kind: 'dropped', sentence: 'memtop no longer watches it.' };
  }

  async #introduce(): Promise<AgentTrouble | undefined> {
    const socket = openFound(this.found);
    if ('fault' in socket) return this.#fail({ kind: 'refused', sentence: `Rejected: ${socket.fault}.` });
    this.#connection = new Connection(socket.path, this.#buffer, this.#intake);
    socket.close();
    const reply = this.#connection.ask('hello', { protocol: PROTOCOL });
    const answer = (await within(reply, GREETING_TIMEOUT)) ?? SILENT;
    const hello = this.#judge(answer, checkHello);
    if ('trouble' in hello) return hello.trouble;
    const { pid, start } = hello.value;
    const { innerPid, startTime } = this.found;
    if (pid !== innerPid) return this.#refuse(`it claims to be process ${pid} but is ${innerPid}`);
    if (startTime !== undefined && start !== startTime) return this.#refuse('it does not report its start time');
    this.hello = hello.value;
    this.#connection.trust();
    return undefined;
  }

  async #ask(gc: boolean): Promise<void> {
    if ((await this.greet()) !== undefined) return;
    if (gc !== this.#watchesGc) this.#watchGc(gc);
    const stats = await this.#send('stats', {}, checkStats);
    if ('value' in stats) this.stats = stats.value;
  }

  /** Collections are counted only while a client is subscribed; memtop needs the totals, not the events. */
  #watchGc(gc: boolean): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#watchesGc = gc;
    connection.onEvent = () => undefined;
    if (gc) void connection.ask('subscribe', { events: ['gc'], interval: 600_000 });
    else void connection.ask('unsubscribe', {});
  }

  async #send<Name extends MethodName, Value>(
    method: Name,
    params: MethodParams<Name>,
    check: (value: unknown, most: number) => CheckedReply<Value>,
  ): Promise<AgentOutcome<Value>> {
    if (this.#trouble !== undefined || this.#connection === undefined)
      return { trouble: this.#trouble ?? NEVER_CONNECTED };
    const collects = LONG_WORK.has(method);
    if (collects) this.#collections += 1;
    const answer = await this.#connection.ask(method, params);
    if (collects) this.#collections -= 1;
    return this.#judge(answer, check);
  }

  #judge<Value>(
    answer: AgentAnswer,
    check: (value: unknown, most: number) => CheckedReply<Value>,
  ): AgentOutcome<Value> {
    if (answer.kind === 'overdue') return { trouble: busy(Date.now(), this.#connection?.waitingSince) };
    if (answer.kind === 'closed') return { trouble: this.#fail(answer.ending) };
    if (answer.kind === 'error') return { trouble: { kind: 'error', sentence: `Agent error: ${answer.sentence}` } };
    let checked = check(answer.value, this.#mostBytes);
    // It may have grown since its address space was read.
    if ('fault' in checked) checked = check(answer.value, this.#measureMost());
    return 'value' in checked ? checked : { trouble: this.#refuse(checked.fault) };
  }

  /** The largest possible size for this process now. */
  #measureMost(): number {
    const virtual = this.#virtual();
    this.#mostBytes = virtual === undefined ? Number.POSITIVE_INFINITY : virtual * BOUND_FACTOR + BOUND_SLACK;
    return this.#mostBytes;
  }

  #refuse(fault: string): AgentTrouble {
    return this.#fail({ kind: 'refused', sentence: `Answer rejected: ${fault}.` });
  }

  #fail(trouble: AgentTrouble): AgentTrouble {
    this.#trouble ??= trouble;
    this.#connection?.close();
    return this.#trouble;
  }
}

/** Milliseconds for the greeting; memtop connects again later to a program that is blocked for longer. */
const GREETING_TIMEOUT = 60_000;
const SILENT: AgentAnswer = {
  kind: 'closed',
  ending: { kind: 'silent', sentence: `It has not identified itself for ${GREETING_TIMEOUT / 1000} s.` },
};

const NEVER_CONNECTED: AgentTrouble = { kind: 'unreachable', sentence: 'memtop never connected to it.' };

function busy(requestedAt: number, waitingSince: number | undefined): AgentTrouble {
  const since = waitingSince === undefined ? requestedAt : Math.round(performance.timeOrigin + waitingSince);
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  return {
    kind: 'busy',
    sentence: `It has not answered for ${seconds} s: the program's event loop is blocked, or the program is stopped.`,
    busySince: since,
  };
}
