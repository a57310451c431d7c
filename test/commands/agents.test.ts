import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatAgentsTable } from '../../src/formats/agents.ts';
import { memtop } from '../helpers/program.ts';
import { Programs } from '../helpers/programs.ts';
import { until } from '../helpers/until.ts';

/** Milliseconds for what takes several starts of memtop. */
const LONG = 45_000;

let programs: Programs;

beforeEach(() => {
  programs = new Programs();
});

afterEach(() => programs.end());

describe('memtop agents', () => {
  it('lists instrumented processes as a table and as JSON', async () => {
    const { pid } = await programs.start('scripted-agent.cjs', join(programs.folder(), 'memtop'));
    // An agent that does not answer within 1.6 s is listed without numbers: on a busy machine, until it does.
    const row = new RegExp(`^ *${pid} node .* 19\\.1M .* 3\\.73G +0\\.5 .*scripted-agent\\.cjs`, 'm');
    let table = await memtop('agents');
    await until(async () => {
      if (!row.test(table.stdout)) table = await memtop('agents');
      return row.test(table.stdout);
    }, LONG);
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^ *PID RUNTIME VERSION +RSS +HEAP +EXT +LIMIT +USED% +UP +COLLECTED COMMAND\n/);
    let mine: { stats?: object } | undefined;
    await until(async () => {
      const { agents } = JSON.parse((await memtop('agents', '--json')).stdout);
      mine = agents.find((agent: { pid: number }) => agent.pid === pid);
      return mine?.stats !== undefined;
    }, LONG);
    expect(mine).toMatchObject({ runtime: 'node', version: '22.0.0', title: 'scripted', stats: { heapUsed: 2e7 } });
  });

  it('says why it rejects a socket', async () => {
    const folder = join(programs.folder(), 'memtop');
    const { pid } = await programs.start('scripted-agent.cjs', folder);
    chmodSync(folder, 0o755);
    const sentence = `${folder}/${pid}.sock was rejected: the folder is accessible to other users.`;
    // Ten are named at most, and other tests may have more of them for a moment.
    await until(async () => (await memtop('agents')).stderr.includes(sentence), LONG);
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
