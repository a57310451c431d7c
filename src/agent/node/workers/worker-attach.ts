// Collects worker threads that have no agent, through the inspector, when it is safe to attach to them.
import { type InspectorSession, post } from '../runtime/inspector-session.ts';
import { startTimer, stopTimer, turn } from '../runtime/time.ts';
import type { WorkersCollected } from './workers.ts';

/** Milliseconds all workers together are given: a last-resort collection takes about 2 ms for a live MB. */
const ATTACH_TIMEOUT = 5_000;
const COLLECT = JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' });

interface NodeWorkerMessage {
  readonly params: { readonly sessionId: string };
}

/**
 * Asks every worker the main thread started; workers of workers are beyond its reach. Node walks a list of its
 * workers while it attaches to them and crashes when one of them starts or ends meanwhile (seen on 20 and 24): only
 * to be called right after threadsAreQuiet() returned true.
 */
export async function attachAndCollect(session: InspectorSession): Promise<WorkersCollected> {
  const requested = new Set<string>();
  const waiting = new Set<string>();
  let asking = true;
  let allAnswered = (): void => undefined;
  const answered = ({ params }: NodeWorkerMessage): void => {
    if (waiting.delete(params.sessionId) && waiting.size === 0) allAnswered();
  };
  // The types of a session leave out the events of the NodeWorker domain.
  const events = session as unknown as NodeJS.EventEmitter;
  events.on('NodeWorker.attachedToWorker', ({ params: { sessionId } }: NodeWorkerMessage) => {
    // Those that start meanwhile have nothing to collect yet, and there may be no end of them.
    if (!asking) return;
    requested.add(sessionId);
    waiting.add(sessionId);
    post(session, 'NodeWorker.sendMessageToWorker', { sessionId, message: COLLECT }).catch(() => undefined);
  });
  events.on('NodeWorker.receivedMessageFromWorker', answered);
  events.on('NodeWorker.detachedFromWorker', answered);
  try {
    await post(session, 'NodeWorker.enable', { waitForDebuggerOnStart: false });
    await turn();
    asking = false;
    await new Promise<void>((resolve) => {
      const timer = startTimer(resolve, ATTACH_TIMEOUT).unref();
      allAnswered = () => {
        stopTimer(timer);
        resolve();
      };
      if (waiting.size === 0) allAnswered();
    });
    await post(session, 'NodeWorker.disable');
  } catch {
    return { workers: 0, note: 'The worker threads could not be reached.' };
  }
  if (waiting.size === 0) return { workers: requested.size };
  return {
    workers: requested.size - waiting.size,
    note: `${waiting.size} of ${requested.size} workers did not answer in time.`,
  };
}
