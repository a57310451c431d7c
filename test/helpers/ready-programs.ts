// Programs that print READY when they are where a test wants them.
import { type ChildProcess, spawn } from 'node:child_process';

const children: ChildProcess[] = [];

/** Starts a program, waits until it prints READY, and gives its pid. To be ended by endPrograms. */
export async function startProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${args.join(' ')} ended before it was ready`)));
    child.stdout?.on('data', (text) => {
      if (String(text).includes('READY')) resolve();
    });
  });
  return String(child.pid);
}

/** Ends all that were started, and waits until they have ended: for afterEach. */
export async function endPrograms(): Promise<void> {
  await Promise.all(children.splice(0).map(endProgram));
}

/** Ends a program, and waits until it has ended. */
export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}
