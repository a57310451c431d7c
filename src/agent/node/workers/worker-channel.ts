// How the agent in the main thread reaches those in worker threads: they collect on request.
import { closeSession, collectThrough, openSession } from '../runtime/inspector-session.ts';
import { eventually } from '../runtime/time.ts';

const CHANNEL = 'memtop';
/** Milliseconds a worker has to say that it is there: one that is busy or has no agent will not. */
const GREETING = 1_000;
/** Milliseconds they are given to collect: about 2 ms for a live megabyte. */
const WORKERS_TIMEOUT = 5_000;

/** The program's own code could send on this channel too: the only thing it can cause is a collection. */
interface ChannelMessage {
  readonly memtop?: 'collect' | 'here' | 'done' | 'failed';
  readonly collect?: string;
  readonly thread?: number;
  /** With `here` and `done`: what the thread holds then, in bytes. */
  readonly held?: number;
}

/** Thread ids of the workers that answered. */
export interface ChannelAnswers {
  readonly here: ReadonlySet<number>;
  readonly done: ReadonlySet<number>;
  /** What those that collected held before and after, in bytes; undefined where one of them did not report it. */
  readonly held: { readonly heldBefore: number; readonly heldAfter: number } | undefined;
}

/** In a worker thread: collects it when the main thread asks. Never throws, never keeps the worker alive. */
export function listenInWorker(): void {
  try {
    const { BroadcastChannel, threadId } = require('node:worker_threads') as typeof import('node:worker_threads');
    const channel = new BroadcastChannel(CHANNEL);
    channel.unref();
    channel.onmessage = (event): void => {
      const { memtop, collect } = (event as { data: ChannelMessage | null }).data ?? {};
      if (memtop !== 'collect' || collect === undefined) return;
      const say = (what: 'here' | 'done' | 'failed'): void =>
        channel.postMessage({ memtop: what, collect, thread: threadId, held: heldByThisThread() });
      say('here');
      collectThisThread().then(
        () => say('done'),
        () => say('failed'),
      );
    };
  } catch {
    // A worker that cannot be reached.
  }
}

/**
 * In the main thread: asks all workers and waits for those that are there.
 *
 * @param expected how many there should be, asked again and again, since they may end meanwhile
 */
export async function askWorkers(expected: () => number): Promise<ChannelAnswers> {
  const { BroadcastChannel } = require('node:worker_threads') as typeof import('node:worker_threads');
  const channel = new BroadcastChannel(CHANNEL);
  channel.unref();
  const collect = `${process.pid}-${Date.now()}-${Math.random()}`;
  const answers = { here: new Set<number>(), done: new Set<number>(), failed: new Set<number>() };
  const held = { here: new Map<number, number>(), done: new Map<number, number>(), failed: new Map<number, number>() };
  channel.onmessage = (event): void => {
    const message = (event as { data: ChannelMessage | null }).data;
    if (message?.collect !== collect || message.thread === undefined || message.memtop === undefined) return;
    if (!Object.hasOwn(answers, message.memtop)) return;
    const what = message.memtop as keyof typeof answers;
    answers[what].add(message.thread);
    if (typeof message.held === 'number') held[what].set(message.thread, message.held);
  };
  channel.postMessage({ memtop: 'collect', collect });
  const finished = (): number => answers.done.size + answers.failed.size;
  await eventually(() => answers.here.size >= expected(), GREETING);
  await eventually(() => finished() >= Math.min(answers.here.size, expected()), WORKERS_TIMEOUT);
  channel.close();
  const all = [...answers.done];
  const isReported = all.every((thread) => held.here.has(thread) && held.done.has(thread));
  const sum = (reports: ReadonlyMap<number, number>): number =>
    all.reduce((bytes, one) => bytes + (reports.get(one) ?? 0), 0);
  return { ...answers, held: isReported ? { heldBefore: sum(held.here), heldAfter: sum(held.done) } : undefined };
}

/** Heap of this thread, and what it holds outside of it. */
function heldByThisThread(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Through the worker's own inspector session: V8's flags, which gc() needs, are one set for all threads. */
async function collectThisThread(): Promise<void> {
  const session = openSession();
  if (session === undefined) throw new Error('no inspector');
  await collectThrough(session);
  await closeSession(session);
}
