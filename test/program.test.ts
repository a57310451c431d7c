// The built program from the outside: exit codes, signals, pipes.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { ended, memtop, start } from './helpers/program.ts';
import { FORBIDDEN } from './helpers/reports.ts';
import { until } from './helpers/until.ts';

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A stream that has begun: its first line has come. */
async function streaming(...words: string[]): Promise<{ child: ChildProcess; first: string }> {
  const child = start(words);
  children.push(child);
  let text = '';
  while (!text.includes('\n')) {
    const [chunk] = await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
    text += chunk;
  }
  return { child, first: text };
}

/** A process with this argument, which runs until the test is over. */
async function victimWith(argument: string): Promise<ChildProcess> {
  const script = 'process.stdin.resume(); console.log(1)';
  const victim = spawn(process.execPath, ['-e', script, argument], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(victim);
  await once(victim.stdout, 'data');
  return victim;
}

describe('the program', () => {
  it('prints one table and ends with 0 where there is neither terminal nor stdin', async () => {
    const { code, stdout, stderr } = await memtop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Mem .* available of .*\n/);
    expect(stdout).toContain('bin/memtop.js');
  });

  it('ends with 2 and a sentence on stderr for a mistake of the user', async () => {
    expect(await memtop('--intervall', '3')).toEqual({
      code: 2,
      signal: undefined,
      stdout: '',
      stderr: "memtop: Unknown option '--intervall'. Did you mean '--interval'?\n",
    });
  });

  it('exits with 1 and a message when the result is negative', async () => {
    const { code, stdout, stderr } = await memtop('-p', '4294967295');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('memtop: No process 4294967295. Run `memtop --once` to list processes.\n');
  });

  it('ends with 2 for a folder that is not a proc tree', async () => {
    const { code, stderr } = await memtop('--proc-root', '/nowhere');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^memtop: .*not a procfs.*\n$/) });
  });

  it('takes bare words, -f and what follows -- as the filter, and a command’s name only in the first place', async () => {
    const pidsOf = async (...words: string[]) =>
      JSON.parse((await memtop('-o', 'json', ...words)).stdout).processes.map(({ pid }: { pid: number }) => pid);
    const self = String(process.pid);
    expect(await pidsOf('-p', self)).toEqual([process.pid]);
    expect(await pidsOf('-p', self, 'no', 'line')).toEqual([]);
    expect(await pidsOf('-p', self, '--', 'line')).toEqual([]);
    expect((await memtop('line')).stdout).toMatch(/^mem \S+\/\S+ /);
    expect((await memtop('--ascii', 'line')).stdout).toMatch(/^mem \S+\/\S+ /);
  });
});

describe('a stream', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends quietly with %s: %i', async (signal, code) => {
    const { child } = await streaming('-o', 'ndjson', '-d', '100ms');
    const end = ended(child);
    child.kill(signal);
    expect(await end).toMatchObject({ code, signal: undefined, stderr: '' });
  });

  it('ends quietly when its reader goes away', async () => {
    for (const words of [
      ['-o', 'csv'],
      ['-o', 'ndjson'],
      ['line', '--follow'],
    ]) {
      const { child } = await streaming(...words, '-d', '100ms');
      const end = ended(child);
      child.stdout?.destroy();
      expect(await end, words.join(' ')).toMatchObject({ code: 0, stderr: '' });
    }
  });

  it('is stopped by a signal even while its reader takes nothing', async () => {
    // Each of these bytes is six in JSON: more than a pipe and a stream's buffer hold together.
    const victim = await victimWith('\u0001'.repeat(120 * 1024));
    const child = start(['-o', 'json', '-p', String(victim.pid)]);
    children.push(child);
    const exited = once(child, 'exit');
    await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'readable');
    child.kill('SIGTERM');
    expect(await exited).toEqual([143, null]);
  });

  it('keeps to its number of snapshots', async () => {
    const { code, stdout } = await memtop('-o', 'ndjson', '-n', '2', '-d', '100ms', '-p', String(process.pid));
    expect(code).toBe(0);
    const [one, two] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(Date.parse(two.time)).toBeGreaterThan(Date.parse(one.time));
    expect(two.processes[0].cpuPercent).toBeTypeOf('number');
  });
});

describe('where output cannot go', () => {
  it('ends with 0 when one table has lost its reader', async () => {
    const child = start([], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.destroy();
    expect(await ended(child)).toMatchObject({ code: 0, stderr: '' });
  });

  it.runIf(process.platform === 'linux')('says so when the disk is full', async () => {
    const full = openSync('/dev/full', 'w');
    const child = start([], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    expect(await ended(child)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^memtop: The output could not be written/),
    });
  });

  it('ends with its exit code when stderr is closed too', async () => {
    const child = start(['--bogus'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr?.destroy();
    expect((await ended(child)).code).toBe(2);
  });
});

describe('the environment', () => {
  it.each([{ LANG: 'C' }, { LC_ALL: 'POSIX' }, { LC_CTYPE: 'C', LANG: 'en_US.UTF-8' }])(
    '%j means charts in ASCII',
    async (env) => {
      const { code, stdout } = await ended(
        start(['-c', 'pid,growth,trend', '--once', '-p', String(process.pid)], { env }),
      );
      expect(code).toBe(0);
      expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
    },
  );

  it('with NO_COLOR, CI or TERM=dumb changes nothing without colour', async () => {
    for (const env of [{ NO_COLOR: '1' }, { CI: 'true' }, { TERM: 'dumb' }]) {
      const { code, stdout } = await ended(start(['--once', '-p', String(process.pid)], { env }));
      expect(code).toBe(0);
      expect(stdout.replaceAll('\n', '')).not.toMatch(FORBIDDEN);
    }
  });
});

describe('a hostile process', () => {
  const ARGUMENT = 'x\u001b]52;c;aGk=\u0007\u001b]0;open \u202e\u009b2J \u{1f468}\u200d\u{1f469},"=1+1\nend';

  it('can reach neither terminal nor table nor spreadsheet by its arguments', async () => {
    const victim = await victimWith(ARGUMENT);
    const of = (output: string) => memtop('-n', '1', '-o', output, '-p', String(victim.pid));
    for (const output of ['table', 'json', 'ndjson', 'csv']) {
      const { code, stdout } = await of(output);
      expect(code, output).toBe(0);
      expect(stdout.replaceAll('\n', ''), output).not.toMatch(FORBIDDEN);
    }
    expect(JSON.parse((await of('json')).stdout).processes[0].command).toContain(ARGUMENT);
    expect((await of('csv')).stdout.trim().split('\n')).toHaveLength(2);
  });
});

describe('a recording', () => {
  it('is whole after a signal that comes twice, as timeout(1) and a nervous user send it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'memtop-recording-'));
    try {
      const path = join(folder, 'a.rec');
      const child = start(['record', path, '-d', '100ms']);
      children.push(child);
      await until(() => existsSync(path) && statSync(path).size > 0);
      child.kill('SIGTERM');
      child.kill('SIGTERM');
      expect((await ended(child)).code).toBe(143);
      expect(gunzipSync(readFileSync(path)).toString()).toMatch(/^\{"version":1,.*\n$/s);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
