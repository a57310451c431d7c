// What `memtop run` reports is what the kernel reports: peaks next to time(1), processes of a cgroup, and real OOM kills.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCgroup, removeCgroup } from '../helpers/cgroups.ts';
import { hasProgram } from '../helpers/other-programs.ts';
import { ended, LAUNCHER, memtop } from '../helpers/program.ts';
import { removeFolder } from '../helpers/remove-folder.ts';

const MIB = 2 ** 20;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'memtop-peaks-'));
  writeFileSync(
    join(folder, 'lines'),
    Array.from({ length: 400_000 }, (_, line) => `${(line * 7919) % 400_000}\n`).join(''),
  );
});
afterAll(() => removeFolder(folder));

const python = (script: string) => ['python3', '-c', script];
const node = (script: string) => [process.execPath, '-e', script];
const PROGRAMS: readonly (readonly [what: string, command: () => readonly string[]])[] = [
  ['a list that is kept', () => python('import time; x = list(range(2000000)); time.sleep(1)')],
  ['a list that is dropped', () => python('import time; x = list(range(2000000)); del x; time.sleep(1)')],
  ['a list of strings', () => python('import time; x = [str(i) for i in range(1500000)]; time.sleep(.5)')],
  ['bytes for a moment', () => python('import time; time.sleep(.5); x = bytes(1) * 90000000; del x; time.sleep(.5)')],
  ['steps', () => python('import time\nx = []\nfor i in range(10): x.append(b"1" * 5000000); time.sleep(.1)')],
  [
    'a heap of Node.js',
    () => node('let a = []; for (let i = 0; i < 3e6; i += 1) a.push({ i }); setTimeout(() => {}, 500)'),
  ],
  [
    'buffers of Node.js',
    () => node('let b = Buffer.alloc(1e8, 1); setTimeout(() => { b = 0; }, 300); setTimeout(() => {}, 900)'),
  ],
  ['lines that are sorted', () => python(`import time; x = sorted(open('${folder}/lines')); time.sleep(.5)`)],
  ['awk', () => ['awk', '{ seen[$1] = $1 " " NR } END { system("sleep 1") }', join(folder, 'lines')]],
  ['perl', () => ['perl', '-e', 'my @x = map { "x$_" } 1 .. 800000; sleep 1']],
];

describe.skipIf(!hasProgram('time'))('the peak of the main process', () => {
  it.each(PROGRAMS)('is within a hundredth of what time(1) reports of %s', async (_, command) => {
    const file = join(folder, 'kernel');
    const words = ['/usr/bin/time', '-o', file, '-f', '%M', ...command()];
    const { code, stderr } = await memtop('run', '--no-agent', '--json', '--', ...words);
    expect(code).toBe(0);
    const kernel = Number(readFileSync(file, 'utf8')) * 1024;
    const { peak } = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '').main;
    expect(Math.abs(peak - kernel) / kernel).toBeLessThan(0.01);
  });
});

describe('a cgroup of its own', () => {
  it('has daemons that nothing else ties to the command, and is gone afterwards', async () => {
    const cgroup = makeCgroup(`memtop-daemons-${process.pid}`, 500 * MIB);
    if (typeof cgroup === 'string') throw new Error(cgroup);
    const daemon =
      'import os, time; os.fork() and os._exit(0); os.setsid(); os.fork() and os._exit(0); time.sleep(1.5)';
    const line = `python3 -c "${daemon}"; sleep 1`;
    const { stderr } = await inCgroup(cgroup.path, [
      'run',
      '--no-agent',
      '--report',
      join(folder, 'r'),
      '--',
      'sh',
      '-c',
      line,
    ]);
    expect(stderr).toBe('');
    const report = readFileSync(join(folder, 'r'), 'utf8').replace(/\s+/g, ' ');
    expect(report).toMatch(/found by cgroup\);.* 1 process still running/);
    expect(readdirSync(cgroup.path).filter((name) => name.startsWith('memtop-run-'))).toEqual([]);
    await removeCgroup(cgroup);
  });

  it('has the limit that the command was killed at', async () => {
    const cgroup = makeCgroup(`memtop-killed-${process.pid}`, 120 * MIB);
    if (typeof cgroup === 'string') throw new Error(cgroup);
    const command = python('x = [bytes(1000000) + bytes([1]) * 1000 for i in range(10000)]');
    const { code, stderr } = await inCgroup(cgroup.path, ['run', '--json', '--', ...command]);
    expect(code).toBe(137);
    const { signal, oom, main } = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
    expect(signal).toBe('SIGKILL');
    expect(oom).toMatchObject({ type: 'oom-kill', pid: main.pid, by: 'kernel' });
    await removeCgroup(cgroup);
  });
});

/** Runs memtop in a cgroup. */
function inCgroup(path: string, words: readonly string[]) {
  const shell = `echo $$ > ${path}/cgroup.procs; exec "$0" "$@"`;
  const { PATH } = process.env;
  const options = { stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'], env: { PATH, LANG: 'C.UTF-8' } };
  return ended(spawn('sh', ['-c', shell, process.execPath, LAUNCHER, ...words], options));
}
