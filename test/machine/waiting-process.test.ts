// Real processes in state D: a child reads their commands and smaps, so both are known.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { FileReader } from '../../src/sampling/linux/reading/file-reader.ts';
import { Stuck } from '../../src/sampling/linux/reading/stuck.ts';
import { hasProgram } from '../helpers/other-programs.ts';
import { memtop } from '../helpers/program.ts';
import { until } from '../helpers/until.ts';

const PROGRAM = fileURLToPath(new URL('../fixtures/programs/waiting-in-vfork.py', import.meta.url));
const can = process.platform === 'linux' && hasProgram('python3');

const stateOf = (path: string) => readFileSync(path, 'latin1').replace(/^.*\) /s, '')[0];

it.runIf(can).each([
  ['main thread', [], 'D'],
  ['second thread', ['thread'], 'S'],
])('of a process whose %s waits uninterruptibly all is known', async (_, words, state) => {
  const waiting = spawn('python3', [PROGRAM, ...words], { stdio: 'ignore' });
  onTestFinished(() => void waiting.kill('SIGKILL'));
  const folder = `/proc/${waiting.pid}`;
  const threads = () => readdirSync(`${folder}/task`).map((thread) => stateOf(`${folder}/task/${thread}/stat`));
  await until(() => threads().includes('D'));
  expect(new Stuck(new FileReader()).isLikely(folder, (state as string).charCodeAt(0), threads().length)).toBe(true);
  const { stdout, code } = await memtop('--once', '-p', String(waiting.pid), '-o', 'json', '-c', 'pss');
  const { processes, gaps } = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(processes).toMatchObject([{ state, command: expect.stringContaining('waiting-in-vfork.py') }]);
  expect(processes[0].pss).toBeGreaterThan(0);
  expect(gaps.filter(({ why }: { why: string }) => why === 'late')).toEqual([]);
});
