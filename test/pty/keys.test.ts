import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Terminal } from '../helpers/pty.ts';
import { uniqueWord } from '../helpers/unique-word.ts';
import { watchIn } from './memtop.ts';

/** In the arguments of both processes below, and of no other. */
const SHOWN = uniqueWord('shown');
/** Processes of our own: two that are told apart by their arguments. */
const children: ChildProcess[] = [];
beforeAll(async () => {
  for (const word of [`${SHOWN}-alpha`, `${SHOWN}-beta`]) {
    const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1e6)', word]);
    children.push(child);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
  }
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

let terminal: Terminal;
afterEach(() => terminal.close());

const titles = (screen: string[]) => screen.find((line) => line.includes('COMMAND')) ?? '';
const selected = (screen: string[]) => screen.find((line) => line.startsWith('›')) ?? '';
const pidOf = (line: string) => Number(line.slice(2, 9));
const rows = (screen: string[]) => {
  const at = screen.findIndex((line) => line.includes('COMMAND'));
  return screen.slice(at + 1, -1).filter((line) => line.trim() !== '');
};

describe('keys in a real terminal', () => {
  it('every sort key puts its mark on its column and inverts the second time', async () => {
    terminal = await watchIn({ columns: 100 });
    for (const [key, title] of [
      ['D', 'Δ/MIN'],
      ['P', 'CPU'],
      ['T', 'AGE'],
      ['N', 'PID'],
      ['M', 'RSS'],
    ] as const) {
      terminal.write(key);
      await terminal.waitFor((t) => new RegExp(`${title}[▼▲]`).test(titles(t.screen())), `${title} is sorted by`);
      const before = new RegExp(`${title}([▼▲])`).exec(titles(terminal.screen()))?.[1];
      terminal.write(key);
      await terminal.waitFor(
        (t) => titles(t.screen()).includes(title + (before === '▼' ? '▲' : '▼')),
        `${title} is inverted`,
      );
      terminal.write('I');
      await terminal.waitFor((t) => titles(t.screen()).includes(`${title}${before}`), `I inverts ${title}`);
    }
  });

  it('< and > go through the columns, F6 chooses from a list', async () => {
    terminal = await watchIn({ columns: 100 });
    terminal.write('<');
    await terminal.waitFor(/USER▲/);
    terminal.write('>');
    await terminal.waitFor(/RSS▼/);
    terminal.write('\u001b[17~');
    await terminal.waitFor(/Sort by/);
    terminal.write('\u001b[H\r');
    await terminal.waitFor(/PID▲/);
  });

  it('sorting by PID shows pids in order', async () => {
    terminal = await watchIn();
    terminal.write('N');
    await terminal.waitFor(/PID▲/);
    const pids = rows(terminal.screen()).map(pidOf);
    expect(pids).toEqual([...pids].sort((one, other) => one - other));
  });

  it('arrows, letters and paging keys move the selection', async () => {
    terminal = await watchIn({ words: ['-s', 'pid'], rows: 12 });
    const moves: [string, (before: number) => number][] = [
      ['j', (at) => at + 1],
      ['\u001b[B', (at) => at + 1],
      ['k', (at) => at - 1],
      ['\u001b[A', (at) => at - 1],
    ];
    const line = () => terminal.screen().findIndex((text) => text.startsWith('›'));
    for (const [key, to] of moves) {
      const expected = to(line());
      terminal.write(key);
      await terminal.waitFor(() => line() === expected, `the selection on line ${expected}`);
    }
    for (const [down, up] of [
      ['G', 'g'],
      ['\u001b[F', '\u001b[H'],
      ['\u001b[6~', '\u001b[5~'],
    ]) {
      const first = selected(terminal.screen()).slice(2, 9);
      terminal.write(down as string);
      await terminal.waitFor((t) => selected(t.screen()).slice(2, 9) !== first, `${JSON.stringify(down)} moves away`);
      terminal.write(up as string);
      await terminal.waitFor((t) => selected(t.screen()).slice(2, 9) === first, `${JSON.stringify(up)} comes back`);
    }
  });

  it('/ filters as one types, Enter keeps, Esc clears', async () => {
    terminal = await watchIn();
    terminal.write(`/${SHOWN}-al`);
    await terminal.waitFor(new RegExp(`/ ${SHOWN}-al▏ +1 of`));
    expect(rows(terminal.screen()).map(pidOf)).toEqual([children[0]?.pid]);
    terminal.write('\u007f\u007f');
    await terminal.waitFor(new RegExp(`/ ${SHOWN}-▏ +2 of`));
    terminal.write('\r');
    await terminal.waitFor(
      (t) => !t.screen().join().includes('▏') && rows(t.screen()).length === 2,
      'the filter is kept',
    );
    terminal.write('\u001b');
    await terminal.waitFor((t) => rows(t.screen()).length > 2, 'everything is shown again');
  });

  it('an invalid filter shows where the error is, and the previous filter stays in force', async () => {
    terminal = await watchIn({ columns: 100 });
    terminal.write(`/${SHOWN}-al rss>1m`);
    await terminal.waitFor(new RegExp(`/ ${SHOWN}-al rss>1m▏ +1 of`));
    terminal.write(' rsss>5');
    await terminal.waitFor(new RegExp(`/ ${SHOWN}-al rss>1m \\^rsss>5▏ +Unknown column rsss: expected rss`));
    terminal.write('\u0017');
    await terminal.waitFor(new RegExp(`/ ${SHOWN}-al rss>1m ▏ +1 of`));
    terminal.write(`\u0015command~/${SHOWN}-(al|be).*a$/ rs\t>1m\r`);
    await terminal.waitFor(
      (t) => !t.screen().join().includes('▏') && rows(t.screen()).length === 2,
      'the pattern is in force',
    );
    expect(new Set(rows(terminal.screen()).map(pidOf))).toEqual(new Set(children.map(({ pid }) => pid)));
  });

  it('u shows one user, e kernel threads too, Esc everything', async () => {
    terminal = await watchIn({ columns: 100 });
    terminal.write('u');
    await terminal.waitFor(/Show the processes of[\s\S]*all users/);
    terminal.write('j\r');
    await terminal.waitFor(/^user \S+ {2}\d+ of \d+, RSS \S+ {2}Esc clears/m);
    terminal.write('\u001b');
    await terminal.waitFor((t) => !/Esc clears/.test(t.screen().join('\n')), 'nothing narrows the table');
    terminal.write('e');
    await terminal.waitFor(/Kernel threads shown/);
    terminal.write('e');
    await terminal.waitFor(/Kernel threads hidden/);
  });

  it('=, z and d show what they did', async () => {
    terminal = await watchIn();
    terminal.write('=');
    await terminal.waitFor(/All trends share one scale/);
    terminal.write('z');
    await terminal.waitFor(/Paused at \d\d:\d\d:\d\d/);
    terminal.write('z');
    await terminal.waitFor((t) => !t.screen().join('\n').includes('Paused'), 'going on');
    terminal.write('d500ms\r');
    await terminal.waitFor(/Refresh interval: 500ms[\s\S]*every 500ms/);
    terminal.write('dsoon\r');
    await terminal.waitFor(/Invalid interval "soon"/);
  });

  it('? and F1 open help, any other key closes it, Ctrl-L redraws the screen', async () => {
    terminal = await watchIn();
    for (const key of ['?', '\u001bOP', '\u001b[11~']) {
      terminal.write(key);
      await terminal.waitFor(/any other key to close this help/);
      terminal.write('x');
      await terminal.waitFor(/COMMAND/);
    }
    const written = terminal.output().length;
    terminal.write('\u000c');
    await terminal.waitFor((t) => t.output().slice(written).includes('\u001b[2J'), 'a whole frame');
  });

  it.each([
    ['q', 'q'],
    ['F10', '\u001b[21~'],
    ['Ctrl-C', '\u0003'],
  ])('%s quits with 0', async (_, key) => {
    terminal = await watchIn();
    terminal.write(key);
    expect(await terminal.exited).toEqual({ code: 0, signal: undefined });
  });

  it('a paste of anything presses no keys', async () => {
    terminal = await watchIn();
    terminal.write('\u001b[200~q\u0003\u0000\u001b[21~qqq\u001b[201~');
    await terminal.waitFor(/Paste ignored/);
  });
});
