// What `memtop run` reports of a command, by real ones.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ended, LAUNCHER, memtop } from '../../helpers/program.ts';
import { Programs } from '../../helpers/programs.ts';
import { openTerminal } from '../../helpers/pty.ts';

const MIB = 2 ** 20;

let programs: Programs;
let folder: string;

beforeEach(() => {
  programs = new Programs();
  folder = programs.folder();
});

afterEach(() => programs.end());

/** Takes memory, gives it back after a moment, and ends after another. */
const ALLOCATES = `
  let taken = Buffer.alloc(${120 * MIB}, 1);
  setTimeout(() => { taken = undefined; }, 300);
  setTimeout(() => process.exit(3), 600);`;
const node = (script: string) => ['--', process.execPath, '-e', script];

describe('memtop run with a report', () => {
  it('ends with one JSON document on stderr and the exit code of the command', async () => {
    const before = Date.now();
    const { code, stdout, stderr } = await memtop('run', '--json', ...node(ALLOCATES));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    const { main, tree, ...document } = JSON.parse(stderr);
    expect(document).toMatchObject({ version: 1, command: node(ALLOCATES).slice(1), exitCode: 3 });
    expect(document.elapsedMs).toBeGreaterThan(500);
    expect(main.peak).toBeGreaterThan(120 * MIB);
    expect(main.peak).toBeLessThan(400 * MIB);
    expect(Date.parse(main.peakAt)).toBeGreaterThanOrEqual(before);
    expect(tree.peak).toBeGreaterThanOrEqual(main.peak);
  });

  it('counts what the command starts in the tree, and not in the main process', async () => {
    const child = `require('child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(ALLOCATES)}])`;
    const { stderr } = await memtop('run', '--json', ...node(`try { ${child} } catch {}`));
    const { main, tree } = JSON.parse(stderr);
    expect(tree.peak).toBeGreaterThan(main.peak + 100 * MIB);
  });

  it('names the signal that ended the command', async () => {
    const { code, stderr } = await memtop('run', '--json', '--', 'sh', '-c', 'sleep 0.1; kill -KILL $$');
    expect(code).toBe(137);
    expect(JSON.parse(stderr)).toMatchObject({ exitCode: 137, signal: 'SIGKILL' });
  });

  it('writes the report to a file that only its owner can read, also over an older one', async () => {
    const file = join(folder, 'report');
    const run = () => memtop('run', '--report', file, '--', 'sh', '-c', 'echo out; echo err >&2');
    for (let times = 0; times < 2; times += 1) expect(await run()).toMatchObject({ stdout: 'out\n', stderr: 'err\n' });
    expect(readFileSync(file, 'utf8')).toMatch(/^memtop: sh -c .*\n {2}ended {3}exit code 0 after /);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await memtop('run', '--report', file, '--json', '--', 'true');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1, exitCode: 0 });
  });

  it('does not start a command whose report could not be written', async () => {
    const run = (file: string) => memtop('run', '--report', file, '--', 'sh', '-c', `echo > ${folder}/ran`);
    mkdirSync(join(folder, 'there'));
    expect(await run(join(folder, 'none', 'report'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no such folder/),
    });
    expect(await run(join(folder, 'there'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/it is a folder/),
    });
    expect(() => statSync(join(folder, 'ran'))).toThrow(/ENOENT/);
  });

  it('reports nothing of a command that could not be started', async () => {
    expect(await memtop('run', '--json', '--', join(folder, 'none'))).toMatchObject({
      code: 127,
      stderr: expect.stringMatching(/^memtop: .*no such command\.\n$/),
    });
    writeFileSync(join(folder, 'text'), 'x', { mode: 0o600 });
    expect(await memtop('run', '--json', '--', join(folder, 'text'))).toMatchObject({
      code: 126,
      stderr: expect.stringMatching(/cannot be executed\.\n$/),
    });
  });

  it('leaves a command alone with --no-agent', async () => {
    const print = ['--', 'sh', '-c', 'echo "[$NODE_OPTIONS$PYTHONPATH$MEMTOP_RUN]"'];
    expect(await memtop('run', '--no-agent', ...print)).toMatchObject({ stdout: '[]\n', stderr: '' });
    expect(await memtop('run', '--no-agent', '--json', ...print)).toMatchObject({ stdout: '[]\n' });
  });

  it('refuses an interval that is not valid', async () => {
    expect(await memtop('run', '--interval', '1ms', '--', 'true')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/too short/),
    });
  });

  it('passes on signals and the descriptors it was given', async () => {
    const script = 'trap "cat <&3; exit 5" TERM; echo ready; while :; do sleep 0.05; done';
    writeFileSync(join(folder, 'three'), 'three');
    const shell = `exec "$0" "$@" 3<${join(folder, 'three')}`;
    const words = ['-c', shell, process.execPath, LAUNCHER, 'run', '--json', '--', 'sh', '-c', script];
    const child = spawn('sh', words, { stdio: ['ignore', 'pipe', 'pipe'] });
    const done = ended(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGTERM');
    expect(await done).toMatchObject({ code: 5, stdout: expect.stringMatching(/three$/) });
  });
});

describe('memtop run in a terminal', () => {
  it('reports on the terminal, as wide as it is, after the last line of the command', async () => {
    const args = [LAUNCHER, 'run', '--', process.execPath, '-e', 'setTimeout(() => console.log("done"), 300)'];
    const terminal = openTerminal({ command: process.execPath, args, columns: 60, rows: 24 });
    expect(await terminal.exited).toMatchObject({ code: 0 });
    await terminal.waitFor(/memory {2}/);
    const [first, ...lines] = terminal.screen().filter((line) => line !== '');
    expect(first).toBe('done');
    expect(lines.map((line) => line.slice(0, 9).trim())).toEqual(
      expect.arrayContaining(['memtop: /', 'ended', 'main', 'tree', 'memory']),
    );
    terminal.close();
  });
});
