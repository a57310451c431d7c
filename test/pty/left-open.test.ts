// A debugger that a killed memtop left open is named by the next one, with the command that closes it.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { inspectorCandidates } from '../../src/acting/inspector/listeners.ts';
import { Processes } from '../../src/agent/client/processes.ts';
import { Programs } from '../helpers/programs.ts';
import type { Terminal } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { ENVIRONMENT, LAUNCHER, watchIn } from './memtop.ts';

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
    await terminal.waitFor(/PID[▼▲]/, 'the table sorted by pid');
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
