// What holds a leak, named by `memtop collect --lines` in real programs.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../agent/node/harness.ts';
import { nodeOfVersion } from '../helpers/node-versions.ts';
import { memtop, start as startMemtop } from '../helpers/program.ts';

const LEAKS = join(import.meta.dirname, '../fixtures/leaks');
const DIST = join(import.meta.dirname, '../../dist');
const children: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(
    children.splice(0).map(
      (child) =>
        new Promise<void>((resolve) => {
          if (child.exitCode !== null || child.signalCode !== null) return resolve();
          child.once('exit', () => resolve());
          child.kill('SIGKILL');
        }),
    ),
  );
});

/** What a program last said of tracemalloc. */
const said = new Map<ChildProcess, string>();
const tracing = (program: ChildProcess | undefined) => (program === undefined ? undefined : said.get(program));

/** Starts a program and waits until it says READY. */
async function start(command: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> {
  const env = { ...process.env, PYTHONPATH: join(DIST, 'python'), ...more };
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${args.join(' ')} ended before it was ready`)));
    child.stdout?.on('data', (text) => {
      if (String(text).includes('READY')) resolve();
      const word = /TRACING (\w+)/.exec(String(text))?.[1];
      if (word !== undefined) said.set(child, word);
    });
  });
  return String(child.pid);
}

describe.each([20, 22, 24, 26])('on Node %i', { timeout: 120_000 }, (version) => {
  it('a Map of a module is named, and the function that fills it', async () => {
    const leak = join(LEAKS, 'node/map-in-module.cjs');
    const pid = await start(nodeOfVersion(version), ['--require', join(DIST, 'agent.cjs'), leak]);
    const { code, stdout, stderr } = await memtop('collect', pid, '--lines', '2s', '--yes', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('watching for 2s') });
    const { containers, lines, clear } = JSON.parse(stdout);
    expect(clear).toEqual({ container: true, line: true });
    expect(containers[0]).toMatchObject({ name: 'map-in-module.cjs: seen', type: 'Map' });
    expect(lines[0]).toMatchObject({ file: leak, line: 4, function: 'remember' });
  });
});

describe('on Python', { timeout: 120_000 }, () => {
  const leak = join(LEAKS, 'python/dict_in_module.py');

  /** The agent of a Python program comes up a moment after the program. */
  async function named(pid: string, ...flags: string[]) {
    for (;;) {
      const { code, stdout, stderr } = await memtop('collect', pid, '--lines', '2s', '--json', ...flags);
      if (code === 0) return JSON.parse(stdout);
      expect(stderr).toContain('has no agent');
    }
  }

  it('a dict of a module is named without tracing, and with --yes the line that fills it', async () => {
    const pid = await start('python3', ['-m', 'memtop_agent', leak]);
    const first = await named(pid);
    expect(first.containers[0]).toMatchObject({ name: '__main__.seen', type: 'dict' });
    expect(first).not.toHaveProperty('lines');
    expect(first.notes[0]).toContain('add --yes');
    const second = await named(pid, '--yes');
    expect(second.clear).toEqual({ container: true, line: true });
    expect(second.containers[0]).toMatchObject({ name: '__main__.seen', type: 'dict' });
    expect(second.lines[0]).toMatchObject({ file: leak, line: 8, function: 'remember' });
  });

  it('the tracing is over with the client that asked for it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mt-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const pid = await start('python3', ['-m', 'memtop_agent', leak, 'trace'], { XDG_RUNTIME_DIR: folder });
    const path = join(folder, 'memtop', `${pid}.sock`);
    await until('its socket', () => existsSync(path));
    const client = await Client.open(path);
    const [program] = children;
    client.send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'sampleHeap', params: { seconds: 300 } }));
    await until('tracing', () => tracing(program) === 'True');
    client.close();
    await until('its end', () => tracing(program) === 'False');
  });
});
