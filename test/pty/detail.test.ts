// The detail pane in a real terminal: opened, scrolled, zoomed, resized, and kept when its process exits.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { uniqueWord } from '../helpers/unique-word.ts';
import { watchIn } from './memtop.ts';

const children: ChildProcess[] = [];
let terminal: Terminal | undefined;
afterEach(async () => {
  await terminal?.close();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process of our own that is told from others by a word. */
async function sleeper(word: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1e6)', word]);
  children.push(child);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

const screenOf = (t: Terminal) => t.screen().join('\n');

it('Enter opens it, Tab gives it the arrows, Esc closes it', async () => {
  const word = uniqueWord('detail-alpha');
  const { pid } = await sleeper(word);
  terminal = await watchIn({ words: ['-f', word], columns: 80, rows: 24 });
  terminal.write('\r');
  await terminal.waitFor(new RegExp(`─ node \\(${pid}\\) +follows the selection`));
  await terminal.waitFor(/−1 min .* now/, 'the time below the chart');
  expect(screenOf(terminal)).toMatch(/RSS lowest \S+ +mean \S+ +highest \S+/);
  terminal.write('\t');
  await terminal.waitFor(new RegExp(`▸ node \\(${pid}\\)`), 'the pane has the arrows');
  // The last lines come with the sample after the first frame: until then the end of the pane is another one.
  const pressing = setInterval(() => terminal?.write('G'), 200);
  try {
    await terminal.waitFor(/^Command$[\s\S]*detail-alpha/m, 'the end of the pane');
  } finally {
    clearInterval(pressing);
  }
  terminal.write('g');
  await terminal.waitFor(/RSS lowest/);
  terminal.write('\t');
  await terminal.waitFor(/▸ +PID/, 'the table has the arrows');
  terminal.write('\u001b');
  await terminal.waitFor((t) => !screenOf(t).includes('follows the selection'), 'closed');
  expect(screenOf(terminal)).toContain('COMMAND');
});

it('shows what is read only for this process, such as limits and descriptors', async () => {
  const word = uniqueWord('detail-beta');
  await sleeper(word);
  terminal = await watchIn({ words: ['-f', word], columns: 160, rows: 100 });
  terminal.write('\r');
  await terminal.waitFor(/open files +\d+ of \d+[\s\S]*cgroup +\S[\s\S]*OOM score +\d/);
  expect(screenOf(terminal)).toMatch(/parents +\S+ \(\d+\)/);
  expect(screenOf(terminal)).toMatch(/PID USER .*│/);
});

it(', and . zoom the chart and say so', async () => {
  const word = uniqueWord('detail-gamma');
  await sleeper(word);
  terminal = await watchIn({ words: ['-f', word] });
  terminal.write(',');
  await terminal.waitFor(/No chart is open/);
  terminal.write('\r');
  await terminal.waitFor(/−1 min .* now/);
  terminal.write(',,');
  await terminal.waitFor(/Chart covers 5 min[\s\S]*−5 min .* now/);
  terminal.write('.');
  await terminal.waitFor(/Chart covers 2 min[\s\S]*−2 min .* now/);
});

it('a process that exits while it is open is shown as ended, and the pane stays', async () => {
  const word = uniqueWord('detail-delta');
  const child = await sleeper(word);
  terminal = await watchIn({ words: ['-f', word], columns: 160, rows: 50 });
  terminal.write('\r');
  await terminal.waitFor(/RSS lowest/);
  child.kill('SIGKILL');
  await terminal.waitFor(new RegExp(`node \\(${child.pid}\\) +exited at \\d\\d:\\d\\d:\\d\\d`));
  expect(screenOf(terminal)).toMatch(/has exited/);
  expect(screenOf(terminal)).toContain(word);
});

it('moves next to, below and in place of the table as the terminal is resized', async () => {
  const word = uniqueWord('detail-epsilon');
  await sleeper(word);
  terminal = await watchIn({ words: ['-f', word], columns: 160, rows: 50 });
  terminal.write('\r');
  await terminal.waitFor(/COMMAND +│ +node/, 'side');
  terminal.resize(80, 24);
  await terminal.waitFor(/^─ node/m, 'below');
  terminal.resize(40, 10);
  await terminal.waitFor((t) => /^▸ node/m.test(screenOf(t)) && !screenOf(t).includes('COMMAND'), 'instead');
  terminal.resize(20, 5);
  await terminal.waitFor(/^▸ node[\s\S]*RSS/m);
  terminal.resize(160, 50);
  await terminal.waitFor(/COMMAND +│ +node/, 'side again');
});

it('a command full of escapes and 100 kB long does nothing to the terminal', async () => {
  const word = uniqueWord('detail-zeta');
  const command = `${word}\u001b[2J\u001b]0;owned\u0007\u202e${'x\u001b[31m'.repeat(12_000)}`;
  await sleeper(command);
  terminal = await watchIn({ words: ['-f', word], columns: 80, rows: 24 });
  const before = terminal.output().length;
  terminal.write('\r');
  await terminal.waitFor(/follows the selection/);
  terminal.write('\tG');
  await terminal.waitFor(/▸ node/);
  const written = terminal.output().slice(before);
  for (const evil of ['owned\u0007', '\u202e', '\u001b[31mx']) expect(written).not.toContain(evil);
  terminal.write('q');
  expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
});
