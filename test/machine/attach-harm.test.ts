// Attaching as an attacker and as bad luck would have it: programs that change by exec, other users.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { ownListeners } from '../../src/acting/inspector/listeners.ts';
import { Processes } from '../../src/agent/client/finding/processes.ts';
import { removeFolder } from '../helpers/remove-folder.ts';
import { until } from '../helpers/until.ts';

const MEMTOP = join(import.meta.dirname, '../../bin/memtop.js');
const OTHER_USER = ['--reuid', '65534', '--regid', '65534', '--clear-groups'];
const processes = new Processes();
const folder = mkdtempSync(join(tmpdir(), 'memtop-harm-'));
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  removeFolder(folder);
});

async function ready(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<ChildProcess> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'], env });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (text) => {
    output += text;
  });
  await until(() => output.includes('READY'));
  return child;
}

const memtop = (...args: string[]) => {
  const child = spawn(process.execPath, [MEMTOP, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (text) => {
    errors += text;
  });
  return new Promise<{ code: number | null; errors: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, errors })),
  );
};

it('a process that changes by exec while it is checked is not killed', { timeout: 600_000 }, async () => {
  // What looks like Node.js, catches SIGUSR1, has many descriptors to walk through, and becomes sleep(1).
  const reported = spawnSync('python3', ['-c', 'import sys; print(sys.executable); print(sys.prefix)'], {
    encoding: 'utf8',
  });
  const [python = '', prefix = ''] = reported.stdout.split('\n');
  const env = { ...process.env, PYTHONHOME: prefix, LD_LIBRARY_PATH: join(prefix, 'lib') };
  const disguised = join(folder, 'node');
  copyFileSync(realpathSync(python), disguised);
  chmodSync(disguised, 0o755);
  const program = `
import os, resource, signal, sys, time
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
signal.signal(signal.SIGUSR1, lambda *_: None)
for _ in range(15000): os.open('/dev/null', os.O_RDONLY)
print('READY', flush=True)
sys.stdin.readline()
time.sleep(float(sys.argv[1]))
os.execvp('sleep', ['sleep', '60'])`;
  let changed = 0;
  const rounds = 12;
  for (let round = 0; round < rounds; round += 1) {
    const child = await ready(disguised, ['-c', program, String(0.1 + round * 0.06)], env);
    child.stdin?.write('\n');
    const attaching = memtop('collect', '--attach', String(child.pid));
    await Promise.race([attaching, until(() => processes.command(child.pid as number) === 'sleep 60')]);
    await until(() => processes.command(child.pid as number) === 'sleep 60' || child.signalCode !== null);
    await pause(500);
    if (child.signalCode === null) changed += 1;
    child.kill('SIGKILL');
    await attaching;
  }
  expect(changed).toBe(rounds);
});

describe.runIf(process.geteuid?.() === 0)('other users', () => {
  const program = ['-e', "setInterval(() => {}, 1000); console.log('READY')"];

  it('an ordinary user attaches to nothing of root', { timeout: 120_000 }, async () => {
    const child = await ready(process.execPath, program);
    const ran = spawnSync(
      'setpriv',
      [...OTHER_USER, process.execPath, MEMTOP, 'collect', '--attach', String(child.pid)],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], HOME: folder },
      },
    );
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('another user');
    expect(ownListeners(processes, child.pid as number)).toEqual([]);
  });

  it('root attaches to the program of an ordinary user, and leaves no debugger', { timeout: 120_000 }, async () => {
    const child = await ready('setpriv', [...OTHER_USER, process.execPath, '--inspect-port=0', ...program], {
      PATH: process.env['PATH'],
    });
    expect(await memtop('collect', '--attach', '--yes', String(child.pid))).toMatchObject({ code: 0 });
    await until(() => ownListeners(processes, child.pid as number).length === 0);
    expect(child.exitCode).toBeNull();
  });

  it('a lock planted by another user in a shared folder delays no attach', { timeout: 120_000 }, async () => {
    const child = await ready(process.execPath, ['--inspect-port=0', ...program]);
    const taken = spawn('setpriv', [
      ...OTHER_USER,
      process.execPath,
      '-e',
      "require('net').createServer().listen('\\0memtop-attach', () => console.log('READY'))",
    ]);
    children.push(taken);
    await pause(500);
    expect(await memtop('collect', '--attach', '--yes', String(child.pid))).toMatchObject({ code: 0 });
  });
});
