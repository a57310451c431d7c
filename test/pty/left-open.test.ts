// A debugger that a killed memtop left open is named by the next one, with the command that closes it.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { inspectorCandidates } from '../../src/acting/inspector/listeners.ts';
import { Processes } from '../../src/agent/client/finding/processes.ts';
import { Programs } from '../helpers/programs.ts';
import type { Terminal } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { ENVIRONMENT, LAUNCHER, watchIn } from './memtop.ts';

/** What is bad, in the 256 colours of a dark terminal (#ff8787). */
const LIGHT_RED = 210;

const programs = new Programs();
const processes = new Processes();
let terminal: Terminal | undefined;

afterEach(async () => {
  terminal?.close();
  terminal = undefined;
  await programs.end();
});

/** The record that attaching writes right before SIGUSR1. Its maker has ended. */
function record(runtimeDirectory: string, pid: number): void {
  const folder = join(runtimeDirectory, 'memtop');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${pid}-${processes.startTime(pid)}.attaching`);
  writeFileSync(file, '4194000 77\n', { mode: 0o600 });
  chmodSync(file, 0o600);
}

/** A program whose debugger SIGUSR1 has opened, as it is when memtop and memtop-attach are killed right afterwards. */
async function opened(runtimeDirectory: string): Promise<number> {
  const { pid } = await programs.startWith(['--inspect-port=0'], 'plain.cjs');
  record(runtimeDirectory, pid);
  process.kill(pid, 'SIGUSR1');
  await until(() => inspectorCandidates(processes, pid).length > 0);
  return pid;
}

describe('the next memtop', () => {
  it('says which debugger a killed one left open; the command it names closes it, and then it says nothing', async () => {
    const runtimeDirectory = programs.folder();
    const env = { ...ENVIRONMENT, XDG_RUNTIME_DIR: runtimeDirectory };
    const pid = await opened(runtimeDirectory);
    terminal = await watchIn({ columns: 80, rows: 24, env });
    await terminal.waitFor(
      new RegExp(`A killed memtop left a debugger open\\. Close it: memtop collect --attach ${pid}`),
      'the debugger that was left open',
    );
    terminal.close();
    const words = [LAUNCHER, 'collect', '--attach', '--yes', String(pid)];
    spawnSync(process.execPath, words, { env: env as NodeJS.ProcessEnv });
    await until(() => inspectorCandidates(processes, pid).length === 0);
    terminal = await watchIn({ columns: 80, rows: 24, env });
    // What is drawn for a key comes after what the start has to say.
    terminal.write('N');
    await terminal.waitFor(/PID[▼▲]/, 'the table sorted by PID');
    expect(terminal.screen().join('\n')).not.toMatch(/debugger/);
  });

  it('counts them when there are several', async () => {
    const runtimeDirectory = programs.folder();
    await opened(runtimeDirectory);
    await opened(runtimeDirectory);
    terminal = await watchIn({ columns: 80, rows: 24, env: { ...ENVIRONMENT, XDG_RUNTIME_DIR: runtimeDirectory } });
    await terminal.waitFor(/Killed memtops left 2 debuggers open\. List them: memtop doctor/, 'their number');
  });
});

/** The processes of memtop that attach to this one now. */
function attachProcesses(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => new RegExp(`^memtop-attach ${pid}(?!\\d)`).test(processes.command(one) ?? ''));
}

/** Kills the process that attaches to this one, once there is one, and waits until it is gone. */
async function killAttaching(pid: number): Promise<void> {
  await until(() => attachProcesses(pid).length > 0, 60_000);
  for (const one of attachProcesses(pid)) {
    const begun = processes.startTime(one);
    process.kill(one, 'SIGKILL');
    await until(() => processes.startTime(one) !== begun || processes.find(one)?.state === 'Z');
  }
}

describe('the screen', () => {
  it('says in red which debugger may be open, and how to close it, when nothing is left that closes it', {
    timeout: 180_000,
  }, async () => {
    const runtimeDirectory = programs.folder();
    const env = { ...ENVIRONMENT, XDG_RUNTIME_DIR: runtimeDirectory };
    const { pid } = await programs.startWith(['--inspect-port=0'], 'plain.cjs', 'spawn-sync', '60');
    terminal = await watchIn({ columns: 160, rows: 24, env, words: ['-p', String(pid)] });
    await terminal.waitFor(new RegExp(` ${pid} `), 'the program');
    terminal.write('a');
    await terminal.waitFor(/Attach to node/, 'the question');
    terminal.write('\r');
    // The record says that the signal was sent, or is just now. A second process comes to close what it opens.
    await until(() =>
      readdirSync(runtimeDirectory, { recursive: true }).some((name) => String(name).endsWith('.attaching')),
    );
    await killAttaching(pid);
    await killAttaching(pid);
    await terminal.waitFor(
      new RegExp(`may still be open\\. Close it with: memtop collect --attach ${pid}`),
      'what to do',
    );
    const rows = terminal.screen();
    const row = rows.findIndex((line) => line.includes(`the inspector of process ${pid} may still be open`));
    expect(row).toBeGreaterThan(0);
    expect(terminal.style(row, rows[row]?.indexOf('inspector') ?? 0)).toMatchObject({ foreground: LIGHT_RED });
    process.kill(Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')), 'SIGKILL');
  });
});
