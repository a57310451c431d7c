// In a worker thread: watches what holds its memory when the agent in the main thread asks.
import { Departure } from '../runtime/departure.ts';
import { CHANNEL, type WatchMessage, type WatchMethod } from './watch-channel.ts';

/** Watches this thread for some seconds, less when the requester is gone. */
export type Watch = (method: WatchMethod, seconds: number, departure: Departure) => Promise<unknown>;

/** Never throws, never keeps the worker alive. */
export function watchInWorker(watch: Watch): void {
  try {
    const { BroadcastChannel, threadId } = require('node:worker_threads') as typeof import('node:worker_threads');
    const channel = new BroadcastChannel(CHANNEL);
    channel.unref();
    const departures = new Map<string, Departure>();
    channel.onmessage = (event): void => {
      const { memtop, method, seconds, ...message } = (event as { data: WatchMessage | null }).data ?? {};
      const id = message.watch;
      if (typeof id !== 'string') return;
      if (memtop === 'leave') departures.get(id)?.happen();
      if (memtop !== 'watch' || departures.has(id) || !isMethod(method) || typeof seconds !== 'number') return;
      const say = (what: WatchMessage['memtop'], result?: unknown): void =>
        channel.postMessage({ memtop: what, watch: id, thread: threadId, ...(result !== undefined && { result }) });
      const departure = new Departure();
      departures.set(id, departure);
      say('watching');
      watch(method, seconds, departure)
        .then(
          (result) => say('watched', result),
          () => say('unwatched'),
        )
        .finally(() => departures.delete(id));
    };
  } catch {
    // A worker that cannot be reached.
  }
}

function isMethod(method: unknown): method is WatchMethod {
  return method === 'growingContainers' || method === 'sampleHeap';
}
