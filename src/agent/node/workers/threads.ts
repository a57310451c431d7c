// Whether all other threads of this process sleep and have been there for a while: then none starts or ends.

/** Seconds a thread must have lived. */
const SETTLED = 2;
/** Clock ticks a second in /proc (sysconf(_SC_CLK_TCK)): 100 on every architecture Node is built for. */
const TICKS = 100;
/** Of the fields after the name in proc_pid_stat(5): state is the 3rd of all, starttime the 22nd. */
const STATE = 0;
const START_TIME = 22 - 3;

/** Also false where that is unknown. Reads a small file for each thread, ten or twenty of them. */
export function threadsAreQuiet(): boolean {
  const { readdirSync, readFileSync } = require('node:fs') as typeof import('node:fs');
  try {
    const now = Number.parseFloat(readFileSync('/proc/uptime', 'latin1'));
    return readdirSync('/proc/self/task').every((thread) => {
      if (Number(thread) === process.pid) return true;
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[STATE] === 'S' && now - Number(fields[START_TIME]) / TICKS >= SETTLED;
    });
  } catch {
    return false;
  }
}
