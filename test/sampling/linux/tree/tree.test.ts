// Which processes belong to a command is found in real ones.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CommandTree } from '../../../../src/sampling/linux/tree/tree.ts';
import { removeFolder } from '../../../helpers/remove-folder.ts';
import { until } from '../../../helpers/until.ts';

let ends: (() => void)[];
beforeEach(() => {
  ends = [];
});
afterEach(() => {
  for (const end of ends.reverse()) end();
});

/** Starts a shell with a command line in a session of its own, all of which ends with the test. */
function shell(line: string, environment: Record<string, string> = {}): number {
  const { PATH } = process.env;
  const options = { detached: true, stdio: 'ignore', env: { PATH, ...environment } } as const;
  const { pid } = spawn('sh', ['-c', line], options);
  if (pid === undefined) throw new Error('The shell did not start.');
  ends.push(() => kill(-pid));
  return pid;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

it('has the children of a command and theirs, and the sum of their memory', async () => {
  const tree = new CommandTree(shell('sleep 50 & sh -c "sleep 60; :"; :'), {});
  await until(() => tree.sample().processes === 4);
  const { rss, peak, main } = tree.sample();
  expect(rss).toBeGreaterThan(main?.rss ?? Number.NaN);
  expect(peak).toBeGreaterThanOrEqual(rss);
  tree.close();
});

it('keeps the processes whose parent has ended', async () => {
  const root = shell('sleep 70 & sleep 71; :');
  const tree = new CommandTree(root, {});
  await until(() => tree.sample().processes === 3);
  kill(root);
  await until(() => tree.sample().processes === 2);
  expect(tree.sample().main).toBeUndefined();
  tree.close();
});

it('finds a daemon whose parents ended unseen, in a session of its own, by its environment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-tree-'));
  ends.push(() => removeFolder(folder));
  const daemon = `const { pid } = require('child_process').spawn('sleep', ['80'], { detached: true, stdio: 'ignore' });
    require('fs').writeFileSync('${folder}/pid', String(pid)); process.exit()`;
  const root = shell(`"${process.execPath}" -e "${daemon}"; exec sleep 81`, { MARK: 'of this run' });
  await until(() => nameOf(root) === 'sleep');
  const unmarked = new CommandTree(root, {});
  const marked = new CommandTree(root, { mark: 'MARK=of this run' });
  ends.push(() => kill(Number(readFileSync(`${folder}/pid`, 'utf8'))));
  expect(unmarked.sample().processes).toBe(1);
  expect(marked.sample().processes).toBe(2);
  marked.close();
  unmarked.close();
});

it('follows the program that a waiting one was started for', async () => {
  const tree = new CommandTree(shell('sleep 90; :'), {});
  await until(() => nameOf(tree.sample().main?.pid ?? 0) === 'sleep');
  tree.close();
});

it('has nothing for a command that has ended', async () => {
  const tree = new CommandTree(shell('exit 0'), {});
  await until(() => tree.sample().processes === 0);
  expect(tree.sample()).toEqual({ processes: 0, rss: 0, peak: 0, main: undefined });
  expect(tree.readMain()).toBeUndefined();
  tree.close();
});
