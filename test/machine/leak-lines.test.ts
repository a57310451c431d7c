// What holds a leak, named by `memtop collect --lines` in real programs.
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeOfVersion } from '../helpers/node-versions.ts';
import { memtop } from '../helpers/program.ts';
import { endPrograms, startProgram } from '../helpers/ready-programs.ts';

const LEAKS = join(import.meta.dirname, '../fixtures/leaks');
const DIST = join(import.meta.dirname, '../../dist');
afterEach(endPrograms);

const start = (command: string, args: readonly string[]) =>
  startProgram(command, args, { ...process.env, PYTHONPATH: join(DIST, 'python') });

describe.each([20, 22, 24, 26])('on Node %i', { timeout: 120_000 }, (version) => {
  it('a Map of a module is named, and the function that fills it', async () => {
    const leak = join(LEAKS, 'node/map-in-module.cjs');
    const pid = await start(nodeOfVersion(version), ['--require', join(DIST, 'agent.cjs'), leak]);
    const { code, stdout, stderr } = await memtop('collect', pid, '--lines', '4s', '--yes', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('watching for 4s') });
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
      const { code, stdout, stderr } = await memtop('collect', pid, '--lines', '4s', '--json', ...flags);
      if (code === 0) return JSON.parse(stdout);
      expect(stderr).toContain('has no agent');
    }
  }

  it('a dict of a module is named without tracing, and with --yes the line that fills it', async () => {
    const pid = await start('python3', ['-m', 'memtop_agent', leak]);
    const first = await named(pid);
    expect(first.containers[0]).toMatchObject({ name: '__main__.seen', type: 'dict' });
    expect(first).not.toHaveProperty('lines');
    expect(first.notes[0]).toContain('Add --yes');
    const second = await named(pid, '--yes');
    expect(second.clear).toEqual({ container: true, line: true });
    expect(second.containers[0]).toMatchObject({ name: '__main__.seen', type: 'dict' });
    expect(second.lines[0]).toMatchObject({ file: leak, line: 8, function: 'remember' });
  });
});
