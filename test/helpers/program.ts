// The built program, run as its users run it.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HOME } from './home.ts';

export const LAUNCHER = fileURLToPath(new URL('../../bin/memtop.js', import.meta.url));

export interface Ended {
  /** The exit code, or undefined when a signal ended it. */
  readonly code: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts memtop with UTF-8 and nothing else in its environment that it looks at. */
export function start(words: readonly string[], options: SpawnOptions & { launcher?: string } = {}): ChildProcess {
  const { PATH } = process.env;
  const env = { PATH, HOME, LANG: 'C.UTF-8', MEMTOP_CONFIG: '/dev/null', ...options.env };
  return spawn(process.execPath, [options.launcher ?? LAUNCHER, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    env,
  });
}

/** What a started program said and how it ended. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject).once('close', (...how) => resolve(how));
  });
  return { code: code ?? undefined, signal: signal ?? undefined, ...output };
}

/** Runs memtop to its end. */
export function memtop(...words: readonly string[]): Promise<Ended> {
  return ended(start(words));
}
