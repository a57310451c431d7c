// Requests a collection from one agent, watches RSS from outside in the meantime, and diagnoses the result.

import { heapBefore } from '../../model/collection/before.ts';
import type { Collection } from '../../model/collection/collection.ts';
import type { CurvePoint } from '../../model/collection/lowest.ts';
import { expectedPause } from '../../model/collection/pause.ts';
import type { CollectLevel, CollectResult, Stats } from '../protocol/protocol.ts';
import { type Agent, type AgentOutcome, ANSWER_TIMEOUT } from './agent.ts';
import { conclusionOf } from './conclusion.ts';
import type { Memory } from './memory.ts';
import { checkCollect, checkStats } from './replies.ts';

export interface CollectOptions {
  readonly level: CollectLevel;
  readonly maxRounds?: number;
  /** The memory of a process according to the kernel; undefined once it has exited. */
  readonly memory: (pid: number) => Memory | undefined;
  /** Its memory before memtop attached to it, which may itself have made it collect. */
  readonly memoryBefore?: Memory;
  /** Milliseconds for the system to take pages back, until RSS is read for the verdict. */
  readonly settle?: number;
  /** Stops watching early and reports what is known. The program still completes the collection. */
  readonly signal?: AbortSignal;
}

/** Pages are given back within this time, in milliseconds. */
const SETTLE = 2000;

/** Milliseconds between two points of the curve, and how many points there are at most. */
const MEASURE_EVERY = 100;
const MOST_POINTS = 240;

/** A collection may take this many times the expected time, and at least this long, in milliseconds. */
const LENIENCE = 20;
const LEAST_COLLECT_TIMEOUT = 60_000;

/**
 * Collects in one process. First it must answer at all: a program whose event loop is blocked would collect at some
 * later moment.
 */
export async function collectFrom(agent: Agent, options: CollectOptions): Promise<AgentOutcome<Collection>> {
  // Read before any request: what memtop does may itself make the program collect.
  const memoryBefore = options.memoryBefore ?? options.memory(agent.found.pid);
  const known = agent.stats;
  const reply = await askTwice(() => agent.request('stats', {}, checkStats));
  if ('trouble' in reply) return reply;
  const curve = new Curve(agent.found.pid, options.memory);
  try {
    const { level, maxRounds } = options;
    const params = maxRounds === undefined ? { level } : { level, maxRounds };
    const answer = await agent.request('collect', params, checkCollect, timeoutFor(level, reply.value));
    if ('trouble' in answer) return answer;
    await pause(options.settle ?? SETTLE, options.signal);
    curve.measure();
    const isAttached = options.memoryBefore !== undefined;
    const earlier = known === undefined ? [reply.value] : [known, reply.value];
    return conclude(agent, answer.value, curve, { memoryBefore, isAttached, earlier });
  } finally {
    curve.stop();
  }
}

/** Tries once more before a program counts as blocked: it may have been one long pause, or a busy machine. */
async function askTwice<Value>(ask: () => Promise<AgentOutcome<Value>>): Promise<AgentOutcome<Value>> {
  const first = await ask();
  return 'trouble' in first && first.trouble.kind === 'busy' ? ask() : first;
}

/** Readings from before the collection was requested. */
interface Before {
  readonly memoryBefore: Memory | undefined;
  readonly isAttached: boolean;
  /** The agent's heap readings until then. */
  readonly earlier: readonly Stats[];
}

function conclude(
  agent: Agent,
  result: CollectResult,
  { points, last }: Curve,
  { memoryBefore, isAttached, earlier }: Before,
): AgentOutcome<Collection> {
  const { before } = result;
  const first = points[0]?.rss;
  const collection = conclusionOf(result, {
    pid: agent.found.pid,
    runtime: agent.hello?.runtime ?? 'node',
    heapBefore: heapBefore(before, earlier, memoryBefore?.rss ?? before.rss),
    memoryBefore,
    memoryAfter: last,
    ...(isAttached && memoryBefore !== undefined && first !== undefined && { freedBefore: memoryBefore.rss - first }),
    curve: points,
  });
  if (collection !== undefined) return { value: collection };
  return { trouble: { kind: 'refused', sentence: 'Answer rejected: impossible numbers.' } };
}

function timeoutFor(level: CollectLevel, stats: Stats): number {
  // In any runtime, by bytes: the longest that it may take.
  const work = { runtime: 'node' as const, bytes: stats.heapUsed ?? stats.rss };
  return Math.max(LEAST_COLLECT_TIMEOUT, ANSWER_TIMEOUT + LENIENCE * expectedPause(level, work).to);
}

/** Memory over time, from the moment this is created. */
class Curve {
  points: CurvePoint[] = [];
  /** The newest reading. */
  last: Memory | undefined;
  readonly #pid: number;
  readonly #memory: CollectOptions['memory'];
  readonly #begun = performance.now();
  #timer: NodeJS.Timeout;
  #measureEvery = MEASURE_EVERY;

  constructor(pid: number, memory: CollectOptions['memory']) {
    this.#pid = pid;
    this.#memory = memory;
    this.measure();
    this.#timer = this.#start();
  }

  measure(): void {
    const memory = this.#memory(this.#pid);
    if (memory === undefined) return;
    this.last = memory;
    const { rss, anonymous } = memory;
    const ms = Math.round(performance.now() - this.#begun);
    this.points.push({ ms, rss, ...(anonymous !== undefined && { anonymous }) });
    if (this.points.length > MOST_POINTS) this.#thin();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #start(): NodeJS.Timeout {
    return setInterval(() => this.measure(), this.#measureEvery);
  }

  /** A long one keeps every other point, first and last among them. */
  #thin(): void {
    const last = this.points.length - 1;
    this.points = this.points.filter((_, index) => index % 2 === 0 || index === last);
    this.#measureEvery *= 2;
    clearInterval(this.#timer);
    this.#timer = this.#start();
  }
}

/** Waits, or until the signal ends it. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
