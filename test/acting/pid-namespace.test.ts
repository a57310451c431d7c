import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { foreignPids } from '../../src/acting/pid-namespace.ts';

const MEMTOP = join(import.meta.dirname, '../../bin/memtop.js');

/** A tree in which the reader is `self`, known by these numbers. */
function tree(self: string | undefined, pids: string): string {
  const root = mkdtempSync(join(tmpdir(), 'memtop-proc-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  if (self === undefined) return root;
  mkdirSync(join(root, self));
  writeFileSync(join(root, self, 'status'), `Name:\tnode\nNSpid:\t${pids}\n`);
  symlinkSync(self, join(root, 'self'));
  return root;
}

it('the pids of our own namespace’s /proc are ours', () => {
  expect(foreignPids(7, tree('7', '7'))).toBeUndefined();
  expect(foreignPids()).toBeUndefined();
});

it.each([
  ['we have another number there', '4711', '4711\t7'],
  ['we have the same number there, in another namespace', '7', '7\t7'],
  ['we are not in it', undefined, ''],
])('those of a /proc are not where %s', (_, self, pids) => {
  expect(foreignPids(7, tree(self, pids))).toMatch(/\.$/);
});

const canUnshare = spawnSync('unshare', ['--pid', '--fork', 'true']).status === 0;

it.runIf(canUnshare)('in a PID namespace that sees the outer /proc, memtop attaches to nothing and says why', () => {
  const victim = spawnSync('sh', ['-c', 'sleep 60 >/dev/null 2>&1 & echo $!'], { encoding: 'utf8' }).stdout.trim();
  onTestFinished(() => void spawnSync('kill', [victim]));
  const node = execFileSync(
    'sh',
    ['-c', `"${process.execPath}" -e 'setInterval(() => {}, 1000)' >/dev/null 2>&1 & echo $!`],
    {
      encoding: 'utf8',
    },
  ).trim();
  onTestFinished(() => void spawnSync('kill', [node]));
  const ran = spawnSync('unshare', ['--pid', '--fork', process.execPath, MEMTOP, 'collect', '--attach', node], {
    encoding: 'utf8',
  });
  expect(ran.status).toBe(1);
  expect(ran.stderr).toContain('belongs to another PID namespace');
  for (const pid of [victim, node]) expect(spawnSync('kill', ['-0', pid]).status).toBe(0);
  const doctor = spawnSync('unshare', ['--pid', '--fork', process.execPath, MEMTOP, 'doctor', '--json'], {
    encoding: 'utf8',
  });
  expect(doctor.stdout).toContain('belongs to another PID namespace');
});
