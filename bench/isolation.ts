// A pid namespace of our own: exactly the processes that are meant to be there, and none outlives us.
import { spawn, spawnSync } from 'node:child_process';

/** Set where we are inside already. */
const INSIDE = 'MEMTOP_BENCH_ISOLATED';

/** unshare(1): first as root may, then as any user may where user namespaces are allowed. */
const WAYS = [
  ['--pid', '--fork', '--mount-proc', '--kill-child'],
  ['--user', '--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child'],
];

/**
 * Runs this program again in a pid namespace of its own. Settles with its exit code, or with undefined when it has to be
 * done here: we are inside, or it cannot be had.
 */
export async function runIsolated(script: string): Promise<number | undefined> {
  if (process.env[INSIDE] !== undefined) return undefined;
  const way = WAYS.find((flags) => spawnSync('unshare', [...flags, 'true'], { stdio: 'ignore' }).status === 0);
  if (way === undefined) return undefined;
  const child = spawn('unshare', [...way, process.execPath, script, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, [INSIDE]: process.argv[1] },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGKILL'));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

/** The script as the user named it, also inside. */
export function namedScript(): string {
  return process.env[INSIDE] ?? process.argv[1] ?? '';
}
