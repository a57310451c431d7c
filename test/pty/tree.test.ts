import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { uniqueWord } from '../helpers/unique-word.ts';
import { watchIn } from './memtop.ts';

const WORD = uniqueWord('family');

/** A process of our own with two children. */
const PARENT = `
  const { spawn } = require('node:child_process');
  for (const word of ['one', 'two']) spawn(process.execPath, ['-e', 'process.stdin.resume()', 'leaf-' + word, '${WORD}']);
  process.stdin.resume().on('end', () => process.exit());
  console.log('ready');
`;

let parent: ChildProcess;
beforeAll(async () => {
  parent = spawn(process.execPath, ['-e', PARENT, WORD], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(parent.stdout as NodeJS.ReadableStream, 'data');
});
afterAll(() => {
  // Its end of file ends the parent, and the parent's end the children's.
  parent.stdin?.end();
});

let terminal: Terminal;
afterEach(() => terminal.close());

const rowOf = (word: string) => terminal.screen().find((line) => line.includes(word) && !line.startsWith('/')) ?? '';

describe('tree and groups in a real terminal', () => {
  it('t shows parents and children, left folds, right opens, and a filter keeps those above a match', async () => {
    terminal = await watchIn({ columns: 160, rows: 40, words: ['-c', 'pid,rss,subtree,name'] });
    terminal.write(`/${WORD}\rt`);
    await terminal.waitFor(/Subtree RSS counts shared pages/);
    await terminal.waitFor(
      (t) => t.screen().some((line) => line.includes(`${parent.pid} `) && line.includes(' x3 ')),
      'the subtree',
    );
    const selectedPid = () =>
      Number(/^› +(\d+)/.exec(terminal.screen().find((line) => line.startsWith('›')) ?? '')?.[1]);
    const lineOfParent = () => terminal.screen().findIndex((line) => line.slice(2, 9).trim() === String(parent.pid));
    // The first row that is more than context of a match; between two rows none may be marked for a moment.
    await terminal.waitFor(() => selectedPid() === parent.pid, 'the first match is selected');
    terminal.write('j');
    await terminal.waitFor(() => ![parent.pid, Number.NaN].includes(selectedPid()), 'the next row');
    terminal.write('k');
    await terminal.waitFor(() => selectedPid() === parent.pid, 'the parent again');
    const children = () => terminal.screen().slice(lineOfParent() + 1, lineOfParent() + 3);
    expect(children()[0]).toMatch(/├─ node/);
    expect(children()[1]).toMatch(/└─ node/);
    terminal.write('\u001b[D');
    await terminal.waitFor((t) => (t.screen()[lineOfParent()] ?? '').includes('+ node'), 'the folded row');
    expect(terminal.screen()[lineOfParent() + 1]).not.toMatch(/node/);
    terminal.write('c');
    await terminal.waitFor(/stands for 3 processes: press \+ to open it/);
    terminal.write('\u001b[C');
    await terminal.waitFor(() => /├─ node/.test(children()[0] ?? ''), 'the children again');
    terminal.write('t');
    await terminal.waitFor(/Flat list/);
  });

  it('b groups by name, user and cgroup, and + opens a group', async () => {
    terminal = await watchIn({ columns: 160, rows: 40 });
    terminal.write(`/${WORD} leaf-one or ${WORD} leaf-two\r`);
    await terminal.waitFor((t) => rowOf('leaf-one') !== '' && !t.screen().join().includes('▏'), 'both leaves');
    terminal.write('b');
    await terminal.waitFor(/Grouped by name: RSS counts shared pages repeatedly/);
    await terminal.waitFor(/ x2 .* \+ node[\s\S]*1 group of 2 of/);
    terminal.write('g+');
    await terminal.waitFor((t) => /├─ /.test(t.screen().join('\n')) && rowOf('leaf-one') !== '', 'the members');
    terminal.write('b');
    await terminal.waitFor(/Grouped by user/);
    terminal.write('b');
    await terminal.waitFor(/Grouped by cgroup/);
    terminal.write('b');
    await terminal.waitFor(/Flat list/);
  });
});
