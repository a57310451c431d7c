// Variables that address one process by its PID: systemd's socket activation and watchdog. Those for memtop are rewritten for the program.
import { accessSync, constants } from 'node:fs';

const SHELL = '/bin/sh';
/** sd_listen_fds(3) and sd_watchdog_enabled(3): heeded only by the process whose pid they are. */
const NAMES = ['LISTEN_PID', 'WATCHDOG_PID'];
/** sd_listen_fds(3): the same as an inode number of pidfs, which nothing but the process itself can find out. */
const INODE_OF_PID = 'LISTEN_PIDFDID';

interface Start {
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * A start whose variables have the pid of the program, where they have ours: only the program itself has that number
 * in time, so a shell sets it and becomes the program. Any other start is returned as it is.
 */
export function withPidOfProgram({ words, environment }: Start, pid: number, shell = SHELL): Start {
  const names = NAMES.filter((name) => environment[name] === String(pid));
  if (names.length === 0 || !isExecutable(shell)) return { words, environment };
  const { [INODE_OF_PID]: _, ...others } = environment;
  const script = `${names.map((name) => `${name}=$$`).join(' ')} exec "$@"`;
  return { words: [shell, '-c', script, shell, ...words], environment: others };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
