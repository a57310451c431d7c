// Where Node.js has execve(2), memtop run becomes its program: nothing of memtop stays, and the program is as it would be without.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeOfVersion } from '../helpers/node-versions.ts';
import { type Ended, ended } from '../helpers/program.ts';
import { removeFolder } from '../helpers/remove-folder.ts';

const MEMTOP = join(import.meta.dirname, '../../bin/memtop.js');
const STATUS = 'grep -E "^Sig(Ign|Blk)" /proc/self/status | cut -f2 | sort -u; echo $$';
const DEFAULT_SIGNALS = /^0000000000000000\n(\d+)\n$/;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-becomes-'));
});
afterAll(() => removeFolder(folder));

describe.each([22, 24, 26])('memtop run with Node.js %d', (major) => {
  const node = () => nodeOfVersion(major);
  const under = (words: readonly string[], shell = 'exec "$0" "$@"'): ChildProcess =>
    spawn('sh', ['-c', shell, node(), MEMTOP, 'run', '--', ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  const isPid = async (child: ChildProcess): Promise<boolean> => {
    const { stdout } = await ended(child);
    return DEFAULT_SIGNALS.exec(stdout)?.[1] === String(child.pid);
  };

  it('becomes a program, with its pid, and signals as they should be', async () => {
    expect(await isPid(under(['sh', '-c', STATUS]))).toBe(true);
    writeFileSync(join(folder, 'script'), `#!/bin/sh\n${STATUS}\n`, { mode: 0o755 });
    expect(await isPid(under([join(folder, 'script')]))).toBe(true);
  });

  it('becomes a program that has an agent, and what it exits with is the exit code', async () => {
    const script = `setTimeout(() => {
      const sockets = require('fs').readFileSync('/proc/net/unix', 'utf8');
      console.log(process.pid, sockets.includes('/' + process.pid + '.sock'));
      process.exit(7);
    }, 300)`;
    const child = under([node(), '-e', script]);
    expect(await ended(child)).toEqual({ code: 7, stdout: `${child.pid} true\n`, stderr: '' });
  });

  it('ends by the signal that ends the program', async () => {
    expect(await ended(under(['sh', '-c', 'kill -9 $$']))).toMatchObject({ signal: 'SIGKILL' });
  });

  it('stays where the program needs a descriptor that Node.js would close', async () => {
    writeFileSync(join(folder, 'input'), 'input');
    const child = under(['sh', '-c', `cat <&3; ${STATUS}`], `exec "$0" "$@" 3<${join(folder, 'input')}`);
    const { stdout } = await ended(child);
    expect(stdout).toMatch(/^input0000000000000000\n\d+\n$/);
    expect(stdout).not.toContain(`\n${child.pid}\n`);
  });

  it('says what could not be started instead of becoming it', async () => {
    writeFileSync(join(folder, 'lost'), '#!/nowhere/interpreter\n', { mode: 0o755 });
    const results: Ended[] = [];
    for (const word of [join(folder, 'none'), join(folder, 'lost'), folder]) results.push(await ended(under([word])));
    expect(results.map(({ code }) => code)).toEqual([127, 127, 126]);
    for (const { stderr } of results) expect(stderr).toMatch(/^memtop: .*: (?:no such command|it cannot be)/);
  });
});
