// Which debuggers a killed memtop left open, by its records, and what is said of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { leftOpen, leftOpenNotice } from '../../../src/acting/inspector/left-open.ts';
import { Traces } from '../../../src/acting/inspector/traces.ts';
import { Processes } from '../../../src/agent/client/finding/processes.ts';
import { Programs } from '../../helpers/programs.ts';

const programs = new Programs();
const processes = new Processes();

afterEach(() => programs.end());

/** Records in a folder of this test's own. `of` writes one of a process, by a maker that has ended or by this process. */
function records() {
  const runtimeDirectory = programs.folder();
  const uid = process.geteuid?.() ?? 0;
  const place = { platform: 'linux', uid, runtimeDirectory, cacheDirectory: undefined, home: undefined };
  const traces = new Traces(place, processes);
  const folder = join(runtimeDirectory, 'memtop');
  mkdirSync(folder, { mode: 0o700 });
  const of = (pid: number, maker: 'ended' | 'alive', startTime = processes.startTime(pid)) => {
    const by = maker === 'ended' ? '4194000 77' : `${process.pid} ${processes.startTime(process.pid)}`;
    writeFileSync(join(folder, `${pid}-${startTime}.attaching`), `${by}\n`, { mode: 0o600 });
  };
  return { traces, of };
}

const inspected = () => programs.startWith(['--inspect=127.0.0.1:0'], 'plain.cjs');

it('is one whose maker has ended and whose process listens outside of its main loop', async () => {
  const { traces, of } = records();
  const { pid } = await inspected();
  of(pid, 'ended');
  expect(leftOpen(processes, traces)).toEqual([pid]);
});

it('excludes a debugger that another process of memtop is about to close', async () => {
  const { traces, of } = records();
  const { pid } = await inspected();
  of(pid, 'alive');
  expect(leftOpen(processes, traces)).toEqual([]);
});

it('excludes a closed debugger, one of a reused PID, and one that memtop did not open', async () => {
  const { traces, of } = records();
  const [closed, reused] = [await programs.start('http-server.cjs'), await inspected()];
  of(closed.pid, 'ended');
  of(reused.pid, 'ended', 5);
  expect(leftOpen(processes, traces)).toEqual([]);
});

it('is named with the command that closes it, in no more than 80 cells', () => {
  expect(leftOpenNotice([])).toBeUndefined();
  expect(leftOpenNotice([4194304])).toMatch(/^A killed memtop .* memtop collect --attach 4194304$/);
  expect(leftOpenNotice([1, 2, 3])).toMatch(/^Killed memtops left 3 debuggers open\. .* memtop doctor$/);
  for (const pids of [[4194304], [1, 2, 3]]) expect(leftOpenNotice(pids)?.length).toBeLessThanOrEqual(80);
});
