// Copies of the agents that nothing uses any more are removed, and nothing else.
import { existsSync, linkSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { removeOldCopies, UNUSED } from '../../../src/agent/launch/old-copies.ts';
import { ownFolder } from '../../files/folder.ts';

const folder = ownFolder();
const at = (...names: string[]) => join(folder.path, ...names);
const NAME = 'memtop-run-0-0123456789abcdef';
const FILES = ['agent.cjs', 'agent-loader.cjs', 'python/memtop_agent.py', 'python/site/sitecustomize.py'];
const CACHED = [
  'python/__pycache__/memtop_agent.cpython-311.pyc',
  'python/site/__pycache__/sitecustomize.cpython-311.pyc',
];
/** In a good while everything that is there now is old: the time at which a link or a mode changed cannot be set. */
const LATER = Date.now() + UNUSED + 60_000;

function copy(name = NAME): void {
  for (const inner of ['python/site/__pycache__', 'python/__pycache__'])
    mkdirSync(at('run', name, inner), { recursive: true });
  for (const file of [...FILES, ...CACHED]) writeFileSync(at('run', name, file), file);
}
const remove = (now = LATER) =>
  removeOldCopies({ folder: at('run'), user: process.geteuid?.() ?? 0, proc: at('proc'), now });

beforeEach(() => {
  mkdirSync(at('run'), { recursive: true, mode: 0o755 });
  mkdirSync(at('proc/7'), { recursive: true });
  writeFileSync(at('proc/7/environ'), 'PATH=/bin\0');
});

// Only root removes old copies: other users cannot read the environment of every process.
describe.runIf(process.geteuid?.() === 0)('an old copy', () => {
  it('goes with all that belongs to it', () => {
    copy();
    expect(remove()).toEqual([NAME]);
    expect(readdirSync(at('run'))).toEqual([]);
  });

  it('goes also where its removal was cut off', () => {
    copy(`.${NAME}.old`);
    expect(remove()).toEqual([`.${NAME}.old`]);
    expect(readdirSync(at('run'))).toEqual([]);
  });

  it('stays where it was written or read lately', () => {
    copy();
    expect(remove(Date.now())).toEqual([]);
    const [recently, once] = [(LATER - 1000) / 1000, (LATER - 2 * UNUSED) / 1000];
    utimesSync(at('run', NAME, 'agent-loader.cjs'), recently, once);
    expect(remove()).toEqual([]);
    expect(existsSync(at('run', NAME, 'agent.cjs'))).toBe(true);
  });

  it('stays where a process has it in its environment, or one cannot be asked', () => {
    copy();
    writeFileSync(at('proc/7/environ'), `A=1\0NODE_OPTIONS=--require /run/${NAME}/agent-loader.cjs\0`);
    expect(remove()).toEqual([]);
    writeFileSync(at('proc/7/environ'), '');
    mkdirSync(at('proc/8/environ'), { recursive: true }); // Reading it fails, but not because the process is gone.
    expect(remove()).toEqual([]);
    expect(existsSync(at('run', NAME, 'agent.cjs'))).toBe(true);
  });

  it('stays with anything in it that is not ours', () => {
    for (const [index, plant] of [
      (path: string) => writeFileSync(join(path, 'notes.txt'), ''),
      (path: string) => symlinkSync('/etc', join(path, 'python/site/more')),
      (path: string) => mkdirSync(join(path, 'node_modules')),
      (path: string) => linkSync(join(path, 'agent.cjs'), at('second-name')),
    ].entries()) {
      const name = `memtop-run-0-${String(index).repeat(16)}`;
      copy(name);
      plant(at('run', name));
    }
    expect(remove()).toEqual([]);
    expect(readdirSync(at('run'))).toHaveLength(4);
  });

  it('does not include links, files or other names', () => {
    mkdirSync(at('elsewhere'));
    writeFileSync(at('elsewhere/agent.cjs'), '');
    symlinkSync(at('elsewhere'), at('run', NAME));
    copy('memtop-run-0-short');
    copy('memtop-run-1000-0123456789abcdef');
    expect(remove()).toEqual([]);
    expect(existsSync(at('elsewhere/agent.cjs'))).toBe(true);
    expect(readdirSync(at('run'))).toHaveLength(3);
  });
});
