// Whether a program that was attached to has worker threads: nothing has counted them, and none of them has an agent.
/** Node names its own threads from version 24 on. Before, most of them have the name of the program. */
const WORKER = 'WorkerThread';
const NAMED = /V8Worker$/;
const POOL = 'libuv-worker';
/** Threads of a Node without workers, those of the pool not counted: main, four of V8, and two more. */
const USUAL = 7;

/** How many there are by /proc/self/task (proc(5)); undefined where that cannot be known. */
export function countWorkerThreads(): number | undefined {
  const { readdirSync, readFileSync } = require('node:fs') as typeof import('node:fs');
  try {
    const names = readdirSync('/proc/self/task').map((id) =>
      readFileSync(`/proc/self/task/${id}/comm`, 'latin1').trim(),
    );
    if (names.some((name) => NAMED.test(name))) return names.filter((name) => name === WORKER).length;
    return names.filter((name) => name !== POOL).length > USUAL ? undefined : 0;
  } catch {
    return undefined;
  }
}
