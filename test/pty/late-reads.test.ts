// A file whose read never returns: memtop draws, prints and quits all the same.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { memtop } from '../helpers/program.ts';
import { Tree } from '../sampling/linux/tree.ts';
import { watchIn } from './memtop.ts';

/** A tree in which no program ever writes to the FIFO that is the command line of process 7. */
function silentTree(): string {
  const tree = new Tree();
  onTestFinished(() => tree.remove());
  tree.add(1);
  tree.add(7, { name: 'silent' });
  rmSync(join(tree.proc, '7/cmdline'));
  execFileSync('mkfifo', [join(tree.proc, '7/cmdline')]);
  return tree.proc;
}

test('the table is drawn, the row is marked late, and q quits with 0', async () => {
  const terminal = await watchIn({ columns: 120, words: ['--proc-root', silentTree()] });
  onTestFinished(() => terminal.close());
  await terminal.waitFor(/7 .* silent \(late: command not read yet\)/, 'the late row');
  expect(terminal.screen().join('\n')).toMatch(/1 .* steady --on/);
  terminal.write('q');
  expect(await terminal.exited).toMatchObject({ code: 0 });
});

test('TERM ends it while a read is stuck', async () => {
  const terminal = await watchIn({ columns: 120, words: ['--proc-root', silentTree()] });
  onTestFinished(() => terminal.close());
  await terminal.waitFor(/late/, 'the late row');
  terminal.kill('SIGTERM');
  const { code, signal } = await terminal.exited;
  expect(signal === 15 || code === 143).toBe(true);
});

test('one table is printed with what is known, and the exit code is 0', async () => {
  const { stdout, code } = await memtop('--proc-root', silentTree(), '--once');
  expect(stdout).toMatch(/7 .* silent \(late/);
  expect(code).toBe(0);
});

test('JSON names the file that was not answered', async () => {
  const { stdout, code } = await memtop('--proc-root', silentTree(), '-o', 'json');
  expect(JSON.parse(stdout).gaps).toContainEqual({ what: 'cmdline', why: 'late', count: 1 });
  expect(code).toBe(0);
});
