// A file on a real FUSE file system that does not answer, in the place of a command line: what reads it cannot be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasProgram } from '../helpers/other-programs.ts';
import { ended, memtop, start } from '../helpers/program.ts';
import type { Terminal } from '../helpers/pty.ts';
import { until } from '../helpers/until.ts';
import { watchIn } from '../pty/memtop.ts';
import { Tree } from '../sampling/linux/tree.ts';

const PROGRAM = fileURLToPath(new URL('../fixtures/programs/silent-file.py', import.meta.url));

function mayMount(): boolean {
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
    return process.getuid?.() === 0 && hasProgram('python3');
  } catch {
    return false;
  }
}

const can = mayMount();
if (!can) process.stderr.write('Skipped: mounting a FUSE file needs root, /dev/fuse and python3.\n');

let tree: Tree;
let mounted: ChildProcess;
const lines: string[] = [];

describe.runIf(can)('while the read of a command line hangs', () => {
  beforeEach(async () => {
    tree = new Tree();
    tree.add(1);
    tree.add(7, { name: 'silent' });
    lines.length = 0;
    mounted = spawn('python3', [PROGRAM, `${tree.proc}/7/cmdline`], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: mounted.stdout as NodeJS.ReadableStream }).on('line', (line) => lines.push(line));
    await until(() => lines.includes('mounted'));
  });

  afterEach(async () => {
    mounted.stdin?.end();
    await until(() => mounted.exitCode !== null || mounted.signalCode !== null);
    tree.remove();
  });

  const isRead = () => until(() => lines.includes('reading'));

  it('prints one table with the row marked late, and exits with 0', async () => {
    const { stdout, code } = await memtop('--proc-root', tree.proc, '--once');
    await isRead();
    expect(stdout).toMatch(/7 .* silent \(late: command not read yet\)/);
    expect([stdout.includes('steady --on'), code]).toEqual([true, 0]);
  });

  it('streams go on, one snapshot after the other', async () => {
    const words = ['--proc-root', tree.proc, '-o', 'ndjson', '-d', '200ms', '-n', '5'];
    const { stdout, code } = await ended(start(words));
    expect([stdout.trim().split('\n').length, code]).toEqual([5, 0]);
  });

  it('draws the table, and q quits with 0', async () => {
    const terminal: Terminal = await watchIn({ columns: 120, words: ['--proc-root', tree.proc] });
    try {
      await isRead();
      await terminal.waitFor(/silent \(late/, 'the late row');
      terminal.write('q');
      expect(await terminal.exited).toMatchObject({ code: 0 });
    } finally {
      await terminal.close();
    }
  });

  it('TERM ends it', async () => {
    const child = start(['--proc-root', tree.proc, '-o', 'ndjson', '-d', '200ms']);
    const end = ended(child);
    await isRead();
    child.kill('SIGTERM');
    expect((await end).code).toBe(143);
  });
});
