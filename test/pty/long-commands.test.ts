import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { uniqueWord } from '../helpers/unique-word.ts';
import { watchIn } from './memtop.ts';

let child: ChildProcess;
let terminal: Terminal | undefined;
afterEach(async () => {
  await terminal?.close();
  child.kill('SIGKILL');
});

it('a process is found by the end of a command of 100 KB, by a word, a pattern and a search', async () => {
  const word = uniqueWord('far-end');
  const script = 'console.log(1); setInterval(() => {}, 1e6)';
  child = spawn(process.execPath, ['-e', script, `${'filling '.repeat(12_500)}the-${word}`]);
  await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
  const opened = await watchIn({ columns: 100, words: ['-c', 'pid,command'] });
  terminal = opened;
  const pids = () => opened.screen().flatMap((line) => /^[› ] +(\d+) \S/.exec(line)?.[1] ?? []);
  const selected = () => /^› +(\d+) /.exec(opened.screen().find((line) => line.startsWith('›')) ?? '')?.[1];
  const isAlone = () => pids().join() === String(child.pid);
  await opened.waitFor(() => pids().length > 1, 'other processes');
  for (const filter of [word, `/the-${word.replace('end', '[e]nd')}$/`]) {
    opened.write(`/${filter}\r`);
    await opened.waitFor(isAlone, `its row alone after ${filter}`);
    opened.write('p');
    await opened.waitFor(isAlone, 'the same with paths');
    opened.write('p\u001b');
    await opened.waitFor(() => pids().length > 1, 'no filter');
  }
  expect(selected()).not.toBe(String(child.pid));
  opened.write(`\u001bOR${word}\r`);
  await opened.waitFor(() => selected() === String(child.pid), 'the row that was searched for');
});
