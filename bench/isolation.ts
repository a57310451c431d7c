// Runs the bench in its own pid namespace: only its own processes are there, and none outlives it.
import { spawn, spawnSync } from 'node:child_process';

/** Set inside the namespace. */
const INSIDE = 'MEMTOP_BENCH_ISOLATED';

/** unshare(1): as root, else with a user namespace where those are allowed. */
const WAYS = [
  ['--pid', '--fork', '--mount-proc', '--kill-child'],
  ['--user', '--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child'],
];

/**
 * Runs this program again in a new pid namespace. Settles with its exit code; undefined when it is already inside, or no
 * namespace can be created.
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

/** The path of the script as the user gave it. */
export function namedScript(): string {
  return process.env[INSIDE] ?? process.argv[1] ?? '';
}
