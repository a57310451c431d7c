// Closing an inspector waits until every session has disconnected: memtop must disconnect in every case.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, it } from 'vitest';
import { ownListeners } from '../../../src/acting/inspector/listeners.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import { Programs } from '../../helpers/programs.ts';
import { until } from '../../helpers/until.ts';

const processes = new Processes();
const programs = new Programs();

afterEach(() => programs.end());

it('a program goes on while the process that attached to it is stopped', async () => {
  const program = await programs.startWith(['--inspect-port=0'], 'plain.cjs', 'beat');
  const attach = join(import.meta.dirname, '../../../dist/attach.cjs');
  const child = spawn(process.execPath, [attach], { stdio: ['pipe', 'ignore', 'ignore'], env: {} });
  try {
    // What it puts in stops the process that attaches, in the middle of the evaluation: a moment after that has sent it, since
    // hanging up is a system call of its own.
    const source = `for (const end = Date.now() + 300; Date.now() < end; ); process.kill(${child.pid}, 'SIGSTOP');`;
    child.stdin.end(`${JSON.stringify({ pid: program.pid, source })}\n`);
    await until(() => processes.find(child.pid as number)?.state === 'T');
    await until(() => ownListeners(processes, program.pid).length === 0);
    const before = program.output.length;
    await until(() => program.output.length > before + 20);
  } finally {
    child.kill('SIGKILL');
  }
});
