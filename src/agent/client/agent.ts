// One agent: who it says it is, what it last told, and asking it for more.
import type { Heap } from '../../model/snapshot/heap.ts';
import { type HelloResult, type MethodName, type MethodParams, PROTOCOL, type Stats } from '../protocol/protocol.ts';
import type { AgentAnswer, ConnectionEnding } from './answer.ts';
import { Connection, within } from './connection.ts';
import { agentKeyOf, type FoundAgent } from './finding/found.ts';
import { openFound } from './finding/open-found.ts';
import type { Intake } from './intake.ts';
import { type CheckedReply, checkHello, checkStats, heapOf } from './replies.ts';

/** Milliseconds an agent has for an answer before its program is called busy. */
export const PATIENCE = 1500;

/** Why there is no answer. All of these are findings and none is thrown. */
export interface AgentTrouble {
  readonly kind: ConnectionEnding['kind'] | 'busy' | 'refused' | 'error';
  /** One sentence for people. */
  readonly sentence: string;
  /** Since when it has not answered, in milliseconds since the epoch; only with `busy`. */
  readonly busySince?: number;
}

export type AgentOutcome<Value> = { readonly value: Value } | { readonly trouble: AgentTrouble };

/** What keeps an agent from answering for longer than PATIENCE, because it was asked to. */
const LONG_WORK: ReadonlySet<MethodName> = new Set(['collect', 'sampleHeap', 'growingContainers']);

/** What a size may be at most, given the address space that is mapped: addons count some memory twice. */
const BOUND_FACTOR = 2;
const BOUND_SLACK = 2 ** 30;

export class Agent {
  readonly found: FoundAgent;
  readonly key: string;
  /** Once it has been proved to be who it should be. */
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
   * `virtual` tells the address space of the process in bytes, by which its numbers are judged; `buffer` is what is
   * read into, and may be shared by all agents, and so may `intake`, the bound on what they send together.
   */
  constructor(found: FoundAgent, virtual: () => number | undefined, buffer?: Buffer, intake?: Intake) {
    this.found = found;
    this.key = agentKeyOf(found);
    this.#virtual = virtual;
    this.#buffer = buffer;
    this.#intake = intake;
  }

  /** What ended it for good; undefined while it may be asked. */
  get trouble(): AgentTrouble | undefined {
    return this.#trouble;
  }

  /** Whether a collection, or another long work that we asked for, is under way: it may answer nothing else meanwhile. */
  get collecting(): boolean {
    return this.#collections > 0;
  }

  /** When it stopped answering, in milliseconds since the epoch; undefined while it answers or collects for us. */
  get busySince(): number | undefined {
    const since = this.collecting ? undefined : this.#connection?.waitingSince;
    return since === undefined || performance.now() - since < PATIENCE
      ? undefined
      : Math.round(performance.timeOrigin + since);
  }

  /** What a snapshot is given of it; undefined until it has said what it is. */
  get heap(): Heap | undefined {
    if (this.hello === undefined || this.#trouble !== undefined) return undefined;
    const { runtime } = this.hello;
    const { busySince } = this;
    const heap: Heap = this.stats === undefined ? { runtime } : heapOf(runtime, this.stats);
    return busySince === undefined ? heap : { ...heap, busySince };
  }

  /** Connects and proves who it is; settles when that is known, however long it takes. Undefined is well. */
  greet(): Promise<AgentTrouble | undefined> {
    this.#greeting ??= this.#introduce();
    return this.#greeting;
  }

  /** Asks for new numbers, unless it still owes some. Settles when it has answered, or never will. */
  refresh(wants: { readonly gc: boolean }): Promise<void> {
    this.#refreshing ??= this.#ask(wants.gc).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** One request, checked, with a bound in milliseconds on how long is waited. */
  async request<Name extends MethodName, Value>(
    method: Name,
    params: MethodParams<Name>,
    check: (value: unknown, most: number) => CheckedReply<Value>,
    patience = PATIENCE,
  ): Promise<AgentOutcome<Value>> {
    const asked = Date.now();
    const answered = this.greet().then((trouble) =>
      trouble === undefined ? this.#send(method, params, check) : { trouble },
    );
    return (await within(answered, patience)) ?? { trouble: busy(asked, this.#connection?.waitingSince) };
  }

  close(): void {
    this.#connection?.close();
    this.#trouble ??= { kind: 'dropped', sentence: 'It is no longer watched.' };
  }

  async #introduce(): Promise<AgentTrouble | undefined> {
    const socket = openFound(this.found);
    if ('fault' in socket) return this.#fail({ kind: 'refused', sentence: `It is not believed: ${socket.fault}.` });
    this.#connection = new Connection(socket.path, this.#buffer, this.#intake);
    socket.close();
    const asked = this.#connection.ask('hello', { protocol: PROTOCOL });
    const answer = (await within(asked, GREETING_TIMEOUT)) ?? SILENT;
    const hello = this.#judge(answer, checkHello);
    if ('trouble' in hello) return hello.trouble;
    const { pid, start } = hello.value;
    const { innerPid, startTime } = this.found;
    if (pid !== innerPid) return this.#refuse(`it says it is process ${pid}, and is ${innerPid}`);
    if (startTime !== undefined && start !== startTime) return this.#refuse('it does not tell when its process began');
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

  /** Collections are counted only while somebody listens; the events themselves are not needed, the totals are. */
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
    if (this.#trouble !== undefined || this.#connection === undefined) return { trouble: this.#trouble ?? NOBODY };
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
    if (answer.kind === 'error') return { trouble: { kind: 'error', sentence: `The agent says: ${answer.sentence}` } };
    let checked = check(answer.value, this.#mostBytes);
    // It may have grown since its address space was looked at.
    if ('fault' in checked) checked = check(answer.value, this.#measureMost());
    return 'value' in checked ? checked : { trouble: this.#refuse(checked.fault) };
  }

  /** The largest size that can be true of this process now. */
  #measureMost(): number {
    const virtual = this.#virtual();
    this.#mostBytes = virtual === undefined ? Number.POSITIVE_INFINITY : virtual * BOUND_FACTOR + BOUND_SLACK;
    return this.#mostBytes;
  }

  #refuse(fault: string): AgentTrouble {
    return this.#fail({ kind: 'refused', sentence: `Its answer was refused: ${fault}.` });
  }

  #fail(trouble: AgentTrouble): AgentTrouble {
    this.#trouble ??= trouble;
    this.#connection?.close();
    return this.#trouble;
  }
}

/** Milliseconds for the greeting: a program that is blocked for longer is connected to again later. */
const GREETING_TIMEOUT = 60_000;
const SILENT: AgentAnswer = {
  kind: 'closed',
  ending: { kind: 'silent', sentence: `It has not said who it is for ${GREETING_TIMEOUT / 1000} s.` },
};

const NOBODY: AgentTrouble = { kind: 'unreachable', sentence: 'It was never connected to.' };

function busy(asked: number, waitingSince: number | undefined): AgentTrouble {
  const since = waitingSince === undefined ? asked : Math.round(performance.timeOrigin + waitingSince);
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  return {
    kind: 'busy',
    sentence: `It has not answered for ${seconds} s: the program's event loop is blocked, or the program is stopped.`,
    busySince: since,
  };
}
