// What processes call themselves can neither move the cursor nor shift a column.
import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uniqueWord } from '../helpers/unique-word.ts';
import { watchIn } from './memtop.ts';

const NAMES = [
  'osc52\u001b]52;c;aGFjaw==\u0007',
  'unterminated\u001b]0;owned',
  'clears\u001b[2J\u001b[H\u001b[31m',
  'c1\u009b2J\u009d0;x\u009c',
  'bidi\u202eevil\u2066x\u2069',
  'family 👨‍👩‍👧‍👦 flag 🏳️‍🌈 heart ❤️',
  'lines\n\r\tand tabs',
  'zalgo z\u0335\u0321\u030a\u0317a\u0336\u0328',
  `long ${'x'.repeat(100_000)}`,
];

const WORD = uniqueWord('hostile');
const children: ChildProcess[] = [];
beforeAll(() => {
  for (const name of NAMES) children.push(spawn('sleep', ['1000'], { argv0: `${WORD} ${name}` }));
  // Names that are not UTF-8 need a shell: Node encodes its arguments.
  children.push(spawn('bash', ['-c', String.raw`exec -a $'${WORD} bytes \xff\xfe\x80' sleep 1000`]));
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

it('rows of hostile processes are rows like any other', async () => {
  const terminal = await watchIn({ words: ['-f', WORD], columns: 80, rows: 24 });
  try {
    const pids = children.map((child) => child.pid as number);
    const lineOf = (pid: number) => terminal.screen().find((line) => Number(line.slice(2, 9)) === pid);
    await terminal.waitFor(
      () => pids.every((pid) => /^[› ] +\d+ \S+ +[\d.]+[KM] /.test(lineOf(pid) ?? '')),
      'a row for each',
    );
    await terminal.waitFor(
      () => pids.every((pid) => lineOf(pid)?.slice(53).startsWith('hostile')),
      'every command in its column',
    );
    terminal.write('jjjjkk');
    await terminal.waitFor((t) => t.screen().filter((line) => line.startsWith('›')).length === 1, 'one selected row');
    expect(terminal.screen()[4]).toMatch(/PID USER .* COMMAND/);
    expect(terminal.screen()[23]).toMatch(/memtop \d/);
    // memtop's own question for the background, once.
    const output = terminal.output().replace('\u001b]11;?\u0007', '');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through.
    expect(output).not.toMatch(/\u001b\]|\u009b|\u009d|\u202e|\u200d|\u0007/);
  } finally {
    await terminal.close();
  }
});
