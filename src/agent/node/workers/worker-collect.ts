// Collects the heaps of worker threads, which the main thread's collections leave alone.
import type { InspectorSession } from '../runtime/inspector-session.ts';
import { eventually, turn } from '../runtime/time.ts';
import { threadsAreQuiet } from './threads.ts';
import { attachAndCollect } from './worker-attach.ts';
import { askWorkers } from './worker-channel.ts';
import type { WorkerCount, WorkersCollected } from './workers.ts';

/** Milliseconds for V8's helper threads to come to rest after the collections before. */
const REST = 300;

/**
 * Asks the agents that workers have inherited, and attaches to workers without one where that is safe.
 *
 * @param known counts the workers; where they cannot be counted, there are no inherited agents either
 */
export async function collectWorkers(
  known: WorkerCount | undefined,
  session: InspectorSession | undefined,
): Promise<WorkersCollected> {
  try {
    const { done, here, held } =
      known === undefined || known.running() === 0 ? NO_WORKERS : await askWorkers(() => known.running());
    const missing = known === undefined ? undefined : Math.max(0, known.running() - here.size);
    if (missing === 0) return { ...withNote(done.size, here.size - done.size), ...held };
    if (session !== undefined && (await isSafeToAttach())) {
      const attached = await attachAndCollect(session);
      return { ...attached, workers: Math.max(attached.workers, done.size) };
    }
    if (missing === undefined) return { workers: 0 };
    return { ...withNote(done.size, missing + here.size - done.size), ...held };
  } catch {
    return { workers: 0, note: 'The worker threads could not be reached.' };
  }
}

/** Workers that exited before the first check are known to the main thread at the second, and none has exited since. */
async function isSafeToAttach(): Promise<boolean> {
  if (!(await eventually(threadsAreQuiet, REST))) return false;
  await turn();
  return threadsAreQuiet();
}

const NO_WORKERS = { done: new Set<number>(), here: new Set<number>(), held: undefined };

function withNote(workers: number, others: number): WorkersCollected {
  if (others <= 0) return { workers };
  return {
    workers,
    note: `Worker threads not collected: ${others}. They are busy, just starting, or without an agent.`,
  };
}
