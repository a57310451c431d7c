// The mouse in a real terminal: what a terminal would send is written to memtop's stdin.
import { afterEach, describe, expect, it } from 'vitest';
import { type Terminal, untouched } from '../helpers/pty.ts';
import { watchIn, watchInShell } from './memtop.ts';

let terminal: Terminal;
afterEach(() => terminal.close());

const press = (column: number, row: number) => `\u001b[<0;${column + 1};${row + 1}M`;
const click = (column: number, row: number) => `${press(column, row)}\u001b[<0;${column + 1};${row + 1}m`;
const wheel = (direction: 'up' | 'down', column: number, row: number) =>
  `\u001b[<${direction === 'up' ? 64 : 65};${column + 1};${row + 1}M`;

const titleRow = (t: Terminal) => t.screen().findIndex((line) => line.includes('COMMAND'));
const selectedRow = (t: Terminal) => t.screen().findIndex((line) => line.startsWith('›'));

describe('the mouse', () => {
  it('a title sorts, and again the other way round; a click selects, a second one opens the detail', async () => {
    terminal = await watchIn({ columns: 100, rows: 30, words: ['-s', 'pid'] });
    const row = titleRow(terminal);
    const column = (terminal.screen()[row] ?? '').indexOf('USER');
    terminal.write(click(column, row));
    await terminal.waitFor(/USER▲/);
    terminal.write(click(column, row));
    await terminal.waitFor(/USER▼/);
    terminal.write(click(10, row + 3));
    await terminal.waitFor((t) => selectedRow(t) === row + 3, 'the third row is selected');
    const pid = (terminal.screen()[row + 3] ?? '').slice(2, 9).trim();
    terminal.write(click(10, row + 3));
    await terminal.waitFor(
      (t) => t.screen().some((line) => line.includes('Esc close') && line.includes(pid)),
      'its detail',
    );
  });

  it('the wheel scrolls, two steps in one read as well as one', async () => {
    terminal = await watchIn({ rows: 10, words: ['-s', 'pid'] });
    const first = () => (terminal.screen()[titleRow(terminal) + 1] ?? '').slice(2, 9);
    const before = first();
    terminal.write(wheel('down', 5, 6) + wheel('down', 5, 6));
    await terminal.waitFor(() => first() !== before, 'other rows');
    terminal.write(wheel('up', 5, 6) + wheel('up', 5, 6));
    await terminal.waitFor(() => first() === before, 'the first rows again');
  });

  it('a report in pieces, a broken one and one of the old form do nothing else', async () => {
    terminal = await watchIn({ columns: 100, rows: 30 });
    const row = titleRow(terminal);
    const column = (terminal.screen()[row] ?? '').indexOf('PID');
    terminal.write('\u001b[M q!\u001b[<0;999999999999;1M\u001b[<2;5;5M\u001b[32;5;5M');
    for (const piece of click(column, row)) terminal.write(piece);
    await terminal.waitFor(/PID▲/);
    expect(terminal.modes().alternateBuffer).toBe(true);
  });

  it('the column chooser takes keys and clicks, and the table follows', async () => {
    terminal = await watchIn({ columns: 120, rows: 40 });
    terminal.write('\u001bOQ');
    await terminal.waitFor(/Columns: \d+ of \d+/);
    terminal.write('jjj ');
    await terminal.waitFor((t) => /PID.* S .*RSS/.test(t.screen()[titleRow(t)] ?? ''), 'the state before the RSS');
    terminal.write('J');
    await terminal.waitFor((t) => /RSS▼ S/.test(t.screen()[titleRow(t)] ?? ''), 'the state behind the RSS');
    const box = terminal.screen().findIndex((line) => line.includes('[ ] PPID'));
    terminal.write(click(3, box));
    await terminal.waitFor((t) => (t.screen()[titleRow(t)] ?? '').includes('PPID'), 'the parent');
    terminal.write('\r');
    await terminal.waitFor(
      (t) => !t.screen().join('\n').includes('Columns:') && /PID +PPID/.test(t.screen()[titleRow(t)] ?? ''),
      'the table',
    );
    terminal.write('o ');
    await terminal.waitFor((t) => !/ PID /.test(t.screen()[titleRow(t)] ?? ''), 'no pid');
    terminal.write('\u001b');
    await terminal.waitFor((t) => / PID +PPID/.test(t.screen()[titleRow(t)] ?? ''), 'the pid again');
  });

  it('--no-mouse leaves it to the terminal', async () => {
    terminal = await watchIn({ words: ['--no-mouse'] });
    expect(terminal.modes().mouseTracking).toBe(false);
    terminal.write('q');
    await terminal.exited;
    expect(terminal.output()).not.toMatch(/\[\?100\d/);
  });
});

describe('the mouse is given back', () => {
  it('after q', async () => {
    terminal = await watchIn();
    expect(terminal.modes().mouseTracking).toBe(true);
    terminal.write('q');
    await terminal.exited;
    expect(terminal.modes()).toEqual(untouched);
  });

  it('after SIGTERM', async () => {
    terminal = await watchIn();
    terminal.kill('SIGTERM');
    await terminal.exited;
    expect(terminal.modes()).toEqual(untouched);
    expect(terminal.output()).toMatch(/\[\?1006l/);
  });

  it('by Ctrl-Z, and taken again by fg', async () => {
    terminal = await watchInShell((t) => t.modes().mouseTracking && /Mem/.test(t.screen().join('\n')));
    terminal.write('\u001a');
    await terminal.waitFor((t) => !t.modes().alternateBuffer && /Stopped/.test(t.screen().join('\n')), 'Stopped');
    expect(terminal.modes().mouseTracking).toBe(false);
    terminal.write('fg\r');
    await terminal.waitFor((t) => t.modes().mouseTracking && /Mem/.test(t.screen().join('\n')), 'memtop again');
    terminal.write('q');
    await terminal.waitFor((t) => !t.modes().mouseTracking && !t.modes().alternateBuffer, 'the shell again');
  });
});
