import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatAgentsTable } from '../../src/formats/agents.ts';
import { memtop } from '../helpers/program.ts';
import { Programs } from '../helpers/programs.ts';

let programs: Programs;

beforeEach(() => {
  programs = new Programs();
});

afterEach(() => programs.end());

describe('memtop agents', () => {
  it('lists instrumented processes as a table and as JSON', async () => {
    const { pid } = await programs.start('scripted-agent.cjs', join(programs.folder(), 'memtop'));
    const table = await memtop('agents');
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^ *PID RUNTIME VERSION +RSS +HEAP +EXT +LIMIT +USED% +UP +COLLECTED COMMAND\n/);
    expect(table.stdout).toMatch(new RegExp(`^ *${pid} node .* 19\\.1M .* 3\\.73G +0\\.5 .*scripted-agent\\.cjs`, 'm'));
    const { agents } = JSON.parse((await memtop('agents', '--json')).stdout);
    const mine = agents.find((agent: { pid: number }) => agent.pid === pid);
    expect(mine).toMatchObject({ runtime: 'node', version: '22.0.0', title: 'scripted', stats: { heapUsed: 2e7 } });
  });

  it('says of a socket that it does not believe why', async () => {
    const folder = join(programs.folder(), 'memtop');
    const { pid } = await programs.start('scripted-agent.cjs', folder);
    chmodSync(folder, 0o755);
    expect((await memtop('agents')).stderr).toContain(
      `${folder}/${pid}.sock is not believed: the folder is open to others.`,
    );
  });

  it('shows a program that does not answer as busy', () => {
    const now = Date.now();
    expect(
      formatAgentsTable(
        [{ pid: 7, runtime: 'node', version: '22.0.0', command: 'node a.js', busySince: now - 65_000 }],
        200,
        now,
      ),
    ).toMatch(/busy for 1m: node a\.js\n$/);
  });
});
