// The agent: loaded into another program, it opens a socket there and answers memtop.
// The one file whose import has an effect; bundled into a single CommonJS file (an .mjs costs thrice the memory).
import type { CollectParams, CollectResult, Stats } from '../protocol/protocol.ts';
import { leaveNotes } from './exit-note.ts';
import { Program } from './program.ts';
import { startInterval, stopInterval } from './runtime/time.ts';
import { openSocket } from './socket.ts';
import { watchInWorker } from './workers/watch-in-worker.ts';
import { listenInWorker } from './workers/worker-channel.ts';

const ALIVE = 60_000;
const program = new Program({ preloaded: typeof module === 'object' && module.isPreloading === true });

/**
 * Collects garbage in this program.
 *
 * @param params `level`: `minor`, `full` or `reclaim` (default), which also returns memory to the system;
 *   `maxRounds`: rounds of a reclaim at most
 * @returns what each step did, in bytes and milliseconds; when a collect runs already, what that one did
 */
export async function collect(params: CollectParams = {}): Promise<CollectResult> {
  // A request of a client does not keep the program alive; a request of the program itself does.
  const alive = startInterval(() => undefined, ALIVE);
  try {
    return await program.collect(params);
  } finally {
    stopInterval(alive);
  }
}

/** The memory of this program now: bytes and milliseconds, absent where unknown. */
export function stats(): Stats {
  return program.stats();
}

if (program.mainThread) {
  openSocket(program);
  leaveNotes(program);
} else {
  listenInWorker();
  watchInWorker((method, seconds, departure) => program.watch(method, seconds, departure));
}
