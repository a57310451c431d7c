// The terminal that other tests rely on.

import { afterEach, expect, it } from 'vitest';
import { openTerminal, type Terminal, untouched } from './pty.ts';

let terminal: Terminal | undefined;

afterEach(() => terminal?.close());

/** Runs a piece of JavaScript in a terminal. */
function run(script: string, columns = 40, rows = 10): Terminal {
  terminal = openTerminal({ command: process.execPath, args: ['-e', script], columns, rows });
  return terminal;
}

const keepRunning = 'setInterval(() => {}, 1000);';

it('shows what a program draws, and in which style', async () => {
  const shown = run(
    `process.stdout.write('\\x1b[3;5H\\x1b[1;38;5;208mhello\\x1b[0m \\x1b[7m日\\x1b[0m.'); ${keepRunning}`,
  );
  await shown.waitFor(/hello 日\./);
  expect(shown.screen()[2]).toBe('    hello 日.');
  expect(shown.style(2, 4)).toMatchObject({ text: 'h', bold: true, foreground: 208, inverse: false });
  expect(shown.style(2, 10)).toMatchObject({ text: '日', bold: false, inverse: true });
  expect(shown.cursor()).toEqual({ row: 2, column: 13 });
  expect(shown.output()).toContain('\u{1b}[3;5H');
});

it('types, and reports how the program ended', async () => {
  const shown = run(
    `process.stdin.once('data', (data) => { console.log('got ' + data); process.exitCode = 3; process.stdin.pause(); })`,
  );
  shown.write('yes\r');
  expect(await shown.exited).toEqual({ code: 3, signal: undefined });
  expect(shown.screen().join('\n')).toContain('got yes');
});

it('reports which signal ended a program', async () => {
  const shown = run(`console.log('ready'); ${keepRunning}`);
  await shown.waitFor(/ready/);
  shown.kill('SIGTERM');
  expect(await shown.exited).toMatchObject({ signal: 15 });
});

it('notifies a program that its size changed', async () => {
  const shown = run(
    `process.stdout.on('resize', () => console.log(process.stdout.columns + ' by ' + process.stdout.rows)); console.log('ready'); ${keepRunning}`,
  );
  await shown.waitFor(/ready/);
  shown.resize(33, 7);
  await shown.waitFor(/33 by 7/);
  expect(shown.screen()).toHaveLength(7);
});

it('knows what a program has switched, and that it switched it back', async () => {
  const on = '\\x1b[?1049h\\x1b[?25l\\x1b[?1000h\\x1b[?1006h\\x1b[?2004h\\x1b[?1h';
  const off = '\\x1b[?1l\\x1b[?2004l\\x1b[?1006l\\x1b[?1000l\\x1b[?25h\\x1b[?1049l';
  const shown = run(
    `process.stdout.write('${on}'); process.stdin.once('data', () => process.stdout.write('${off}done')); ${keepRunning}`,
  );
  await shown.waitFor((now) => Object.values(now.modes()).every(Boolean), 'all modes on');
  shown.write('\r');
  await shown.waitFor(/done/);
  expect(shown.modes()).toEqual(untouched);
});

it('sees the line settings change', async () => {
  const shown = run(
    `console.log('ready'); process.stdin.once('data', () => { process.stdin.setRawMode(true); console.log('raw') }); ${keepRunning}`,
  );
  await shown.waitFor(/ready/);
  const before = shown.lineSettings();
  shown.write('\r');
  await shown.waitFor(/raw/);
  expect(shown.lineSettings()).not.toBe(before);
});

it('shows the screen when what it waits for cannot come any more', async () => {
  const shown = run(`console.log('goodbye')`);
  await expect(shown.waitFor(/hello/)).rejects.toThrow(/The program ended before.*hello[\s\S]*\| goodbye/);
});

it('reads what a program writes while it types more than the program takes', async () => {
  const shown = run(`
    process.stdin.setRawMode(true);
    console.log('ready');
    process.stdin.once('data', () => {
      require('node:fs').writeSync(1, 'z'.repeat(2 ** 20));
      let count = 0;
      process.stdin.on('data', (data) => { count += data.length; if (count > 50_000) console.log('\\r\\nenough'); });
    });
  `);
  await shown.waitFor(/ready/);
  shown.write('x');
  shown.write('y'.repeat(60_000));
  await shown.waitFor(/enough/);
});
