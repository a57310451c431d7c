// What of Node.js a start loads that only prints: streams, sockets and child processes take milliseconds of it.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LAUNCHER } from '../helpers/program.ts';
import { Tree } from '../sampling/linux/tree.ts';

const COSTLY = [
  'perf_hooks',
  'stream',
  'net',
  'tty',
  'child_process',
  'v8',
  'timers/promises',
  'worker_threads',
  'http',
  'crypto',
];

/** The builtin modules that a program has loaded at its end, and what it printed to a file. */
function start(folder: string, program: readonly string[]): { loaded: string[]; printed: string } {
  const [list, output, hook] = ['list', 'output', 'hook.cjs'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const note = `require('node:fs').writeFileSync(${JSON.stringify(list)}, process.moduleLoadList.join('\\n'))`;
  writeFileSync(hook, `process.on('exit', () => ${note});`);
  const file = openSync(output, 'w');
  const env = { ...process.env, NODE_OPTIONS: '', XDG_CACHE_HOME: folder, XDG_CONFIG_HOME: folder };
  const { status } = spawnSync(process.execPath, ['--require', hook, ...program], {
    env,
    stdio: ['ignore', file, 'inherit'],
  });
  closeSync(file);
  expect(status).toBe(0);
  const loaded = readFileSync(list, 'utf8').split('\n');
  return { loaded: loaded.map((line) => line.replace(/^NativeModule /, '')), printed: readFileSync(output, 'utf8') };
}

it.each([
  ['--once', /\bsteady --on\b/],
  ['line', /^mem .* steady /],
  ['--version', /^memtop \d/],
  ['--help', /^Usage: memtop /],
])('memtop %s loads nothing costly that an empty program does not load', (word, expected) => {
  const folder = mkdtempSync(join(tmpdir(), 'memtop-start-'));
  const tree = new Tree();
  onTestFinished(() => {
    tree.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  tree.add(1);
  const empty = start(folder, ['-e', '0']);
  const { loaded, printed } = start(folder, [LAUNCHER, word, '--proc-root', tree.proc]);
  expect(printed).toMatch(expected);
  expect(COSTLY.filter((name) => loaded.includes(name) && !empty.loaded.includes(name))).toEqual([]);
});
